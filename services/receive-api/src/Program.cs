using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Hosting;

var builder = WebApplication.CreateBuilder();
builder.AddReceiveApi();

var app = builder.Build();
app.UseReceiveApi();
return await app.RunAsync(args, MigrateCommand.RunAsync, AuthCommands.RunAsync, AuditCommands.RunAsync);
