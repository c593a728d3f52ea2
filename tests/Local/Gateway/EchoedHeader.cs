namespace EnergyLoad.Local.Tests.Gateway;

internal sealed record EchoedHeader(string Name, string Value);
