using EnergyLoad.Local.Launcher.Commands;

return await CommandLine.RunAsync(args);
