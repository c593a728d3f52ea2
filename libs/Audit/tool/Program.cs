using EnergyLoad.Audit;
using EnergyLoad.MySql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Database and key come from the same variables as the services' own: MySql__Host, Audit__HmacKey and so on.
var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddMySql(AuditMigrations.Set);
builder.AddEnergyLoadAudit();
using var host = builder.Build();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
return await AuditCommands.RunAsync(host.Services, ["audit", .. args], Console.Out, stop.Token) ?? 0;
