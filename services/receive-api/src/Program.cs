using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Hosting;

var builder = WebApplication.CreateBuilder();
builder.AddReceiveApi();

var app = builder.Build();
app.UseReceiveApi();
return await app.RunAsync(args, SecretServices.LoadForCommandAsync, MigrateCommand.RunAsync, AuthCommands.RunAsync, AuditCommands.RunAsync);
