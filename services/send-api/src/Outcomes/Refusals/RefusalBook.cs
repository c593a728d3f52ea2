using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes.Refusals;

/// <summary>
/// Counts refused messages for the ledger: pushed ones before their senders are answered, imported ones with the record of their refusal.
/// Pushes that wait together share one commit, and the refusals of a minute one row for each sender and code: a flood of them leaves few
/// rows.
/// </summary>
internal sealed class RefusalBook : IAsyncDisposable
{
    private const int PushesAtOnce = 256;
    private const int PushesWaiting = 4_096;
    private const string Insert = "INSERT INTO refusal_counts (minute, sender, market, feed, code, messages) VALUES";
    private const string OrAdd = "ON DUPLICATE KEY UPDATE messages = refusal_counts.messages + VALUES(messages)";
    private readonly Database _database;
    private readonly TimeProvider _timeProvider;
    private readonly BatchQueue<IReadOnlyList<Refusal>, bool> _queue;

    public RefusalBook(Database database, TimeProvider timeProvider)
    {
        (_database, _timeProvider) = (database, timeProvider);
        _queue = new(new BatchQueueOptions(1, PushesAtOnce, PushesWaiting), CommitAsync);
    }

    /// <summary>Counts the refused messages of one push.</summary>
    /// <exception cref="UnavailableException">They could not be counted: the push is answered with 503 and comes again.</exception>
    public Task CountAsync(IReadOnlyList<Refusal> refusals) =>
        refusals.Count == 0 ? Task.CompletedTask
            : _queue.TrySubmit(refusals, out var counted) ? counted
            : throw new UnavailableException("Too many refusals wait to be counted.");

    /// <summary>Counts a refused message with the commit of the transaction that writes its refusal down.</summary>
    public void CountAtCommit(DbTransaction transaction, Refusal refusal) => RowsOf([(refusal, 1)]).ExecuteAtCommit(transaction, OrAdd);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<IReadOnlyList<Refusal>> pushes)
    {
        // In the order of the key, so that two instances never wait for each other in a circle.
        var counts = pushes.SelectMany(refusals => refusals).GroupBy(refusal => refusal)
            .OrderBy(group => group.Key.Sender, StringComparer.Ordinal).ThenBy(group => group.Key.Market, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Feed, StringComparer.Ordinal).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => (Refused: group.Key, Messages: group.Count())).ToArray();
        await _database.InTransactionAsync(
            (transaction, token) => RowsOf(counts).ExecuteAsync(transaction, OrAdd, token), CancellationToken.None);
        return new bool[pushes.Count];
    }

    private InsertRows RowsOf(IReadOnlyList<(Refusal Refused, int Messages)> counts)
    {
        var now = _timeProvider.GetUtcNow();
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), now.Offset);
        var rows = new InsertRows(Insert);
        foreach (var (refused, messages) in counts)
        {
            rows.Row().Add(minute).Add(refused.Sender).Add(refused.Market).Add(refused.Feed).Add(refused.Code).Add(messages);
        }

        return rows;
    }
}
