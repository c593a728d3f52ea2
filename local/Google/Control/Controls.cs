namespace EnergyLoad.Local.Google.Control;

/// <summary>How one surface misbehaves at the moment.</summary>
internal sealed class Controls
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _paused;
    private int _duplicate;
    private int _drop;
    private int _delayMs;

    public TimeSpan Delay => TimeSpan.FromMilliseconds(_delayMs);

    public ControlState State
    {
        get
        {
            lock (_lock)
            {
                return new ControlState(_paused is not null, _duplicate, _drop, _delayMs);
            }
        }
    }

    public void Change(ControlChange change)
    {
        lock (_lock)
        {
            _duplicate = Sum(_duplicate, change.Duplicate);
            _drop = Sum(_drop, change.Drop);
            _delayMs = change.DelayMs ?? _delayMs;
            if (change.Pause == true)
            {
                _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (change.Pause == false)
            {
                _paused?.SetResult();
                _paused = null;
            }
        }
    }

    public async Task WhenRunningAsync(CancellationToken cancellationToken)
    {
        while (_paused is { } paused)
        {
            await paused.Task.WaitAsync(cancellationToken);
        }
    }

    public bool TakeDuplicate() => Take(ref _duplicate);

    public bool TakeDrop() => Take(ref _drop);

    private static int Sum(int left, int? more) => more is null ? left : more == 0 ? 0 : left + more.Value;

    private bool Take(ref int left)
    {
        lock (_lock)
        {
            return left > 0 && left-- > 0;
        }
    }
}
