using EnergyLoad.Hosting;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Where error events wait for the transaction that applies them: those that come together share one.</summary>
internal sealed class ErrorEventIntake(ErrorEventStore store) : IAsyncDisposable
{
    private const int MaximumBatch = 100;
    private const int Capacity = 2_000;

    // One at a time: all of them count in the same few incidents.
    private readonly BatchQueue<ErrorEvent, Task<ErrorEventOutcome>> _queue = new(
        new BatchQueueOptions(1, MaximumBatch, Capacity),
        batch => Bisection.RunAsync(batch, events => store.ApplyAsync(events, CancellationToken.None)));

    /// <summary>Applies an event; the same event again changes nothing.</summary>
    /// <param name="errorEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait; the event may be applied all the same.</param>
    /// <exception cref="UnavailableException">Too many wait, or the database does not answer; it may come again.</exception>
    /// <exception cref="System.Data.Common.DbException">The database does not take this event.</exception>
    public async Task<ErrorEventOutcome> ApplyAsync(ErrorEvent errorEvent, CancellationToken cancellationToken) =>
        _queue.TrySubmit(errorEvent, out var applied) ? await await applied.WaitAsync(cancellationToken)
            : throw new UnavailableException("Too many error events wait.");

    public ValueTask DisposeAsync() => _queue.DisposeAsync();
}
