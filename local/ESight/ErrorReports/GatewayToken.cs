namespace EnergyLoad.Local.ESight.ErrorReports;

internal sealed record GatewayToken(string Value, DateTimeOffset UsableUntil);
