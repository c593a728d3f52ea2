using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Tasks;

internal sealed class TaskQueues(GoogleSettings settings, ControlDesk desk, TimeProvider clock)
{
    private readonly Dictionary<string, TaskQueue> _queues =
        settings.Queues.ToDictionary(queue => queue.Name, queue => new TaskQueue(queue, desk.Tasks, clock), StringComparer.Ordinal);

    public IReadOnlyCollection<TaskQueue> All => _queues.Values;

    public TaskQueue? Find(string name) => _queues.GetValueOrDefault(name);
}
