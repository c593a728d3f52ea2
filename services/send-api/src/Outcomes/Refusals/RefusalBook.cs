using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Outcomes.Refusals;

/// <summary>
/// Counts refused messages for the ledger before their senders are answered. Those that wait together share one commit, and those of a
/// minute one row for each sender and code: a flood of them leaves few rows.
/// </summary>
internal sealed class RefusalBook : IAsyncDisposable
{
    private const int PushesAtOnce = 256;
    private const int PushesWaiting = 4_096;
    private const string Insert = "INSERT INTO refusal_counts (minute, sender, market, feed, code, messages)";
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

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<IReadOnlyList<Refusal>> pushes)
    {
        var now = _timeProvider.GetUtcNow().UtcDateTime;
        var minute = now.Date.AddMinutes((int)now.TimeOfDay.TotalMinutes);

        // In the order of the key, so that two instances never wait for each other in a circle.
        var rows = pushes.SelectMany(refusals => refusals).GroupBy(refusal => refusal)
            .OrderBy(group => group.Key.Sender, StringComparer.Ordinal).ThenBy(group => group.Key.Market, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Feed, StringComparer.Ordinal).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new object?[] { minute, group.Key.Sender, group.Key.Market, group.Key.Feed, group.Key.Code, group.Count() })
            .ToArray();
        await _database.InTransactionAsync((transaction, token) => transaction.InsertAsync(Insert, rows, OrAdd, token), CancellationToken.None);
        return new bool[pushes.Count];
    }
}
