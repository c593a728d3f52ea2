namespace EnergyLoad.Local.Google.Settings;

/// <summary>A Cloud Tasks queue. Cloud Tasks itself defaults to 100 attempts from 0.1 s to an hour apart; here the hour is 5 s.</summary>
internal sealed record QueueSettings(
    string Name, int MaxAttempts = 100, int MinBackoffMs = 100, int MaxBackoffMs = 5000, int MaxConcurrent = 10);
