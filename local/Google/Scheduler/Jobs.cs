using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Scheduler;

internal sealed class Jobs(GoogleSettings settings, ControlDesk desk, TimeProvider clock)
{
    public IReadOnlyList<Job> All { get; } = [.. settings.Jobs.Select(job => new Job(job))];

    public DueQueue<Job> Due { get; } = new(clock);

    public bool RunNow(string name)
    {
        if (All.FirstOrDefault(job => job.Name == name) is not { } found)
        {
            return false;
        }

        Due.Add(found, clock.GetUtcNow() + desk.Scheduler.Delay);
        return true;
    }
}
