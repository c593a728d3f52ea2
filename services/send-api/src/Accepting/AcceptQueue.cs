using System.Collections.Concurrent;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Where requests wait for the commit that holds their message.</summary>
internal sealed class AcceptQueue : IAsyncDisposable
{
    // A commit costs about what six messages do, so two small ones are dear; of what was tried with 64 connections twenty was best.
    private const int WorthBeside = 20;

    private readonly AcceptStore _store;
    private readonly WakeUp _wakeUp;
    private readonly BatchQueue<NewMessage, AcceptOutcome> _queue;
    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.Ordinal);
    private readonly int _limitPerSender;

    public AcceptQueue(AcceptStore store, WakeUp wakeUp, IOptions<AcceptOptions> options)
    {
        var limits = options.Value;
        (_store, _wakeUp, _limitPerSender) = (store, wakeUp, limits.QueueMessagesPerSender);
        _queue = new(new BatchQueueOptions(limits.Workers, limits.BatchMessages, limits.QueueMessages, WorthBeside), CommitAsync);
    }

    /// <summary>Commits messages of one sender, in one transaction and in their order, together with those that wait beside them.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database does not answer.</exception>
    public async Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(string sender, IReadOnlyList<NewMessage> messages)
    {
        try
        {
            return _waiting.AddOrUpdate(sender, static (_, more) => more, static (_, count, more) => count + more, messages.Count) <= _limitPerSender
                && _queue.TrySubmitTogether(messages, out var outcomes)
                ? await outcomes
                : [.. Enumerable.Repeat(new AcceptOutcome.Overloaded(), messages.Count)];
        }
        finally
        {
            _waiting.AddOrUpdate(sender, static (_, _) => 0, static (_, count, done) => count - done, messages.Count);
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
