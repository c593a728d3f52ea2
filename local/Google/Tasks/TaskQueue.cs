using System.Collections.Concurrent;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Tasks;

/// <summary>One queue, in memory: its tasks die with the process.</summary>
internal sealed class TaskQueue(QueueSettings settings, Controls controls, TimeProvider clock)
{
    // A name stays taken for about an hour after its task is gone.
    private static readonly TimeSpan NameKept = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, QueuedTask> _tasks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _usedNames = new(StringComparer.Ordinal);
    private readonly Backoff _backoff = Backoff.FromMilliseconds(settings.MinBackoffMs, settings.MaxBackoffMs);
    private long _created;
    private long _delivered;
    private long _failures;
    private long _dropped;
    private long _exhausted;

    public string Name => settings.Name;

    public int AtOnce => settings.MaxConcurrent;

    public DueQueue<QueuedTask> Due { get; } = new(clock);

    public TaskCounts Counts => new(_tasks.Count, _created, _delivered, _failures, _dropped, _exhausted);

    public IEnumerable<QueuedTask> Tasks => _tasks.Values.OrderBy(task => task.ScheduleTime);

    public QueuedTask? Find(string name) => _tasks.GetValueOrDefault(name);

    /// <summary>Returns null when the name is taken, or was until recently.</summary>
    public QueuedTask? Create(CreateTaskRequest.TaskPart part)
    {
        var now = clock.GetUtcNow();
        var task = new QueuedTask(part.Name ?? $"{Name}/tasks/{Guid.NewGuid():N}", part, now);
        if ((_usedNames.TryGetValue(task.Name, out var usedUntil) && usedUntil > now) || !_tasks.TryAdd(task.Name, task))
        {
            return null;
        }

        Interlocked.Increment(ref _created);
        Due.Add(task, task.ScheduleTime + controls.Delay);
        return task;
    }

    public bool Delete(string name) => _tasks.TryGetValue(name, out var task) && Remove(task);

    public void Drop(QueuedTask task)
    {
        Interlocked.Increment(ref _dropped);
        Remove(task);
    }

    /// <summary>Only a 2xx ends a task; everything else is tried again until the attempts are used up.</summary>
    public void Settle(QueuedTask task, CallOutcome outcome)
    {
        task.Attempts++;
        task.Answers += outcome.Status == 0 ? 0 : 1;
        task.Executions += outcome.Status is 0 or >= 500 ? 0 : 1;
        if (outcome.IsSuccess)
        {
            Interlocked.Increment(ref _delivered);
            Remove(task);
            return;
        }

        Interlocked.Increment(ref _failures);
        task.LastStatus = outcome.Status == 0 ? null : outcome.Status;
        task.LastFailure = outcome.Reason;
        if (settings.MaxAttempts >= 0 && task.Attempts >= settings.MaxAttempts)
        {
            Interlocked.Increment(ref _exhausted);
            Remove(task);
            return;
        }

        var wait = _backoff.After(task.Attempts);
        task.ScheduleTime = clock.GetUtcNow() + (outcome.RetryAfter > wait ? outcome.RetryAfter.Value : wait);
        Due.Add(task, task.ScheduleTime + controls.Delay);
    }

    private bool Remove(QueuedTask task)
    {
        task.IsGone = true;
        if (task.IsNamed)
        {
            _usedNames[task.Name] = clock.GetUtcNow() + NameKept;
        }

        return _tasks.TryRemove(task.Name, out _);
    }
}
