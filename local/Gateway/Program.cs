using EnergyLoad.Local.Gateway;
using EnergyLoad.Local.Gateway.Configuration;

if (args is not ["--config", var file, .. var switches] || switches is not ([] or ["--strip-signatures"]))
{
    await Console.Error.WriteLineAsync("usage: EnergyLoad.Local.Gateway --config FILE [--strip-signatures]");
    return 2;
}

var config = GatewayConfig.Read(file);
await using var gateway = GatewayHost.Build(config with { StripSignatures = config.StripSignatures || switches.Length > 0 });
await gateway.StartAsync();
Console.WriteLine("ready");
await gateway.WaitForShutdownAsync();
return 0;
