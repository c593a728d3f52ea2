using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;

var builder = WebApplication.CreateBuilder();
builder.AddSendApi();

var app = builder.Build();
app.UseSendApi();
return await app.RunAsync(args, SecretServices.LoadForCommandAsync, MigrateCommand.RunAsync, AuthCommands.RunAsync, AuditCommands.RunAsync);
