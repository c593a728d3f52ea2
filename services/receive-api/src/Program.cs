using EnergyLoad.ReceiveApi.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddReceiveApi();

var app = builder.Build();
app.UseReceiveApi();
await app.RunAsync();
