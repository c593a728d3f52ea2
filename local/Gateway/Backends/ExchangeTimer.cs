namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Ends an exchange: when the client leaves, when its body stands still, or when the deadline after it has passed.</summary>
internal sealed class ExchangeTimer : IDisposable
{
    private static readonly TimeSpan StreamIdle = TimeSpan.FromSeconds(300);

    private readonly TimeSpan _deadline;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _aborted;

    public ExchangeTimer(TimeSpan deadline, TimeProvider timeProvider, CancellationToken aborted)
    {
        _deadline = deadline;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        _aborted = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the request was sent whole: only then does the deadline run.</summary>
    public bool DeadlineRuns { get; private set; }

    public void RestartIdle() => _source.CancelAfter(StreamIdle);

    public void StartDeadline()
    {
        if (!DeadlineRuns)
        {
            DeadlineRuns = true;
            _source.CancelAfter(_deadline);
        }
    }

    public void Dispose()
    {
        _aborted.Dispose();
        _source.Dispose();
    }
}
