namespace EnergyLoad.Local.Google.Settings;

/// <summary>A Cloud Scheduler job, with a period in place of a cron line.</summary>
internal sealed record JobSettings(string Name, int EveryMs, Uri Uri, string? ServiceAccount = null, string? Audience = null);
