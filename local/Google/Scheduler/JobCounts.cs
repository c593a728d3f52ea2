namespace EnergyLoad.Local.Google.Scheduler;

internal sealed record JobCounts(long Runs, long Failures);
