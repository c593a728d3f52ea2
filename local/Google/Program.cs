using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;

if (args is not ["--config", var file])
{
    await Console.Error.WriteLineAsync("usage: EnergyLoad.Local.Google --config FILE");
    return 2;
}

await using var app = GoogleServer.Build(GoogleSettings.Load(file));
await app.StartAsync();
await Console.Out.WriteLineAsync("ready");
await app.WaitForShutdownAsync();
return 0;
