using System.Collections.Concurrent;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Where requests wait for the commit that holds their message.</summary>
internal sealed class AcceptQueue : IAsyncDisposable
{
    private readonly AcceptStore _store;
    private readonly WakeUp _wakeUp;
    private readonly BatchQueue<NewMessage, AcceptOutcome> _queue;
    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.Ordinal);
    private readonly int _limitPerSender;

    public AcceptQueue(AcceptStore store, WakeUp wakeUp, IOptions<AcceptOptions> options)
    {
        var limits = options.Value;
        (_store, _wakeUp, _limitPerSender) = (store, wakeUp, limits.QueueMessagesPerSender);
        _queue = new(new BatchQueueOptions(limits.Workers, limits.BatchMessages, limits.QueueMessages), CommitAsync);
    }

    /// <summary>Commits a message together with those that wait beside it.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database does not answer.</exception>
    public async Task<AcceptOutcome> AcceptAsync(NewMessage message)
    {
        try
        {
            return _waiting.AddOrUpdate(message.Sender, 1, (_, count) => count + 1) <= _limitPerSender
                && _queue.TrySubmit(message, out var outcome)
                ? await outcome
                : new AcceptOutcome.Overloaded();
        }
        finally
        {
            _waiting.AddOrUpdate(message.Sender, 0, (_, count) => count - 1);
        }
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<IReadOnlyList<AcceptOutcome>> CommitAsync(IReadOnlyList<NewMessage> messages)
    {
        using var commit = SendTraces.StartCommit(messages);
        var outcomes = await _store.CommitAsync(messages);
        SendTraces.Committed(commit, outcomes);
        await _wakeUp.AfterCommitAsync();
        return outcomes;
    }
}
