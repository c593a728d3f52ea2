namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>Rights on one table.</summary>
internal sealed record Grant(string Rights, string Table);
