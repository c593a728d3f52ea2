using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Scheduler;

/// <summary>A job and what came of its runs.</summary>
internal sealed class Job(JobSettings settings)
{
    private long _runs;
    private long _failures;

    public string Name => settings.Name;

    public JobSettings Settings => settings;

    public JobCounts Counts => new(_runs, _failures);

    public void Count(bool failed)
    {
        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _failures, failed ? 1 : 0);
    }
}
