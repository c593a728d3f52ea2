using EnergyLoad.Local.ESight;

if (args is not ["--config", var file])
{
    await Console.Error.WriteLineAsync("usage: EnergyLoad.Local.ESight --config FILE");
    return 2;
}

await using var app = ESightServer.Build(ESightSettings.Load(file));
await app.StartAsync();
await Console.Out.WriteLineAsync("ready");
await app.WaitForShutdownAsync();
return 0;
