using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>
/// Follows the messages by id and writes the rows that searches read, behind the accept path.
/// An id is made before the commit that makes it visible, so a message can appear under a smaller id than one that was followed before.
/// Hence the cursor stays behind the database's time by what a commit takes. What is committed later than that, and what became of the
/// pending, each round learns from who did it. Because such news dies with its process, all that it could be about is looked at again
/// now and then; the sweep looks back further, for what was committed very late. Adding twice is harmless.
/// </summary>
internal sealed class SearchProjector(Database database, SearchNews news, TimeProvider timeProvider)
{
    /// <summary>Who makes ids and needs longer than this until they are committed tells of them as late; well before they are.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan CommitTime = TimeSpan.FromMilliseconds(500);

    // What was under way at one look is seen by the next.
    private static readonly TimeSpan LookBackEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AfterBreak = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Far = TimeSpan.FromMinutes(10);

    private const int AtOnce = 1_000;
    private const int LookedAtAtOnce = 5_000;

    private const string LockCursor = "SELECT up_to, UTC_TIMESTAMP(6) AS now FROM search_cursor WHERE id = 1 FOR UPDATE";
    private const string LockFreeCursor = $"{LockCursor} SKIP LOCKED";
    private const string MoveCursor = "UPDATE search_cursor SET up_to = @upTo WHERE id = 1";

    // The last of a full batch, and the last of all: neither is counted, and neither needs a temporary table.
    private const string NextMessages = """
        SELECT (SELECT id FROM messages WHERE id > @after AND id <= @upTo ORDER BY id LIMIT 1 OFFSET @before) AS lastOfBatch,
          (SELECT MAX(id) FROM messages WHERE id > @after AND id <= @upTo) AS last
        """;

    private const string Newest = "SELECT MAX(id) FROM messages";

    private const string Missing = """
        SELECT m.id FROM messages m LEFT JOIN message_search s ON s.id = m.id
        WHERE m.id > @after AND m.id <= @upTo AND s.id IS NULL ORDER BY m.id LIMIT @most
        """;

    private const string LastPending = """
        SELECT COUNT(*) AS found, MAX(id) AS last FROM (
          SELECT id FROM message_search FORCE INDEX (by_state) WHERE state = @state AND id > @after ORDER BY id LIMIT @most) pending
        """;

    private const string AsItStands = "SELECT STRAIGHT_JOIN s.id, m.state, COALESCE(m.reason, '') AS reason FROM message_search s";
    private const string IsBehind = "(m.state <> s.state OR COALESCE(m.reason, '') <> s.reason) ORDER BY s.id";

    private const string Changed = $"""
        {AsItStands} FORCE INDEX (by_state) JOIN messages m ON m.id = s.id
        WHERE s.state = @state AND s.id > @after AND s.id <= @last AND {IsBehind}
        """;

    private const string ChangedOf = $"""
        {AsItStands} JOIN messages m ON m.id = s.id WHERE s.id IN @ids AND s.state IN (0, 1) AND {IsBehind}
        """;

    private const string MarkPending = "UPDATE message_search SET state = @state, reason = @reason WHERE id IN @ids AND state IN (0, 1)";

    // A message in a final state is nobody's to deliver, so the lock holds up nobody; it keeps a resend from slipping in between.
    private const string LockFinished = "SELECT id FROM messages WHERE id IN @ids AND state NOT IN (0, 1) LOCK IN SHARE MODE";

    private readonly Dictionary<MessageState, byte[]> _lookedAt = new() { [MessageState.Accepted] = First, [MessageState.Parked] = First };

    private long? _lookedBack;
    private int _brokenRuns;
    private int _lookedBackFor;

    private static byte[] First => new byte[16];

    /// <summary>Says that a run broke off, here or elsewhere: whoever has its news may not run again for long, so the next round looks back.</summary>
    public void ExpectMissedNews() => Interlocked.Increment(ref _brokenRuns);

    /// <summary>Brings the rows up to date, and looks back when it is time for it.</summary>
    /// <param name="wait">Whether to wait for another instance that is at it, or to leave the work to it.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public async Task RunAsync(bool wait, CancellationToken cancellationToken)
    {
        await FollowAsync(wait, cancellationToken);
        var elapsed = _lookedBack is { } before ? timeProvider.GetElapsedTime(before) : LookBackEvery;
        var broken = Volatile.Read(ref _brokenRuns);
        if (broken != _lookedBackFor)
        {
            // Whoever is at it now may not know that there is something to find.
            await LookBackAsync(AfterBreak, wait: true, cancellationToken);
            _lookedBackFor = broken;
        }
        else if (elapsed >= LookBackEvery)
        {
            await LookBackAsync(elapsed < Far ? elapsed + Overlap : Far, wait, cancellationToken);
        }
    }

    /// <summary>Brings the rows up to date, and looks back far.</summary>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(wait: true, cancellationToken);
        await LookBackAsync(Far, wait: true, cancellationToken);
    }

    private async Task FollowAsync(bool wait, CancellationToken cancellationToken)
    {
        // Who waits wants all that there is, for no round follows soon; what is too new to be followed will be added once more then.
        var newest = wait ? (await database.QueryAsync<byte[]?>(Newest, null, cancellationToken))[0] : null;
        await StepwiseAsync((transaction, after, token) => FollowAsync(transaction, after, newest, wait, token), cancellationToken);
        await TakeUpAsync(news.Late, SearchRows.AddAsync, wait, cancellationToken);
        await TakeUpAsync(news.Changed, TakeOverAsync, wait, cancellationToken);
    }

    private async Task LookBackAsync(TimeSpan time, bool wait, CancellationToken cancellationToken)
    {
        _lookedBack = timeProvider.GetTimestamp();
        await StepwiseAsync((transaction, after, token) => AddLateAsync(transaction, after, time, wait, token), cancellationToken);
        foreach (var state in (MessageState[])[MessageState.Accepted, MessageState.Parked])
        {
            await database.InTransactionAsync((transaction, token) => LookAtAsync(transaction, state, wait, token), cancellationToken);
        }
    }

    /// <param name="step">Does a batch after an id, the first after null; returns after which id to go on, null at the end.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    private async Task StepwiseAsync(
        Func<DbTransaction, byte[]?, CancellationToken, Task<byte[]?>> step, CancellationToken cancellationToken)
    {
        byte[]? after = null;
        do
        {
            var from = after;
            after = await database.InTransactionAsync((transaction, token) => step(transaction, from, token), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (after is not null);
    }

    private static async Task<byte[]?> FollowAsync(
        DbTransaction transaction, byte[]? after, byte[]? newest, bool wait, CancellationToken cancellationToken)
    {
        if (await LockAsync(transaction, wait, cancellationToken) is not { } cursor)
        {
            return null;
        }

        // Another instance may have gone further meanwhile.
        var settled = SendId.FloorOf(cursor.Now - CommitTime).ToBytes();
        after = Later(after, cursor.UpTo);
        var next = (await transaction.QueryAsync<NextBatch>(
            NextMessages, new { after, upTo = newest ?? settled, before = AtOnce - 1 }, cancellationToken))[0];
        if ((next.LastOfBatch ?? next.Last) is not { } last)
        {
            return null;
        }

        await SearchRows.AddAsync(transaction, after, last, cancellationToken);
        var followed = IsAfter(last, settled) ? settled : last;
        await transaction.ExecuteAsync(MoveCursor, new { upTo = Later(followed, cursor.UpTo) }, cancellationToken);
        return next.LastOfBatch;
    }

    /// <summary>Does what this process was told; what it could not do yet it is told again.</summary>
    private async Task TakeUpAsync(
        SearchNews.Hints hints, Func<DbTransaction, IReadOnlyCollection<byte[]>, CancellationToken, Task> act, bool wait,
        CancellationToken cancellationToken)
    {
        while (hints.Take(AtOnce) is { Count: > 0 } ids)
        {
            var isDone = false;
            try
            {
                isDone = await database.InTransactionAsync(TryAsync, cancellationToken);
            }
            finally
            {
                if (!isDone)
                {
                    hints.Add(ids);
                }
            }

            if (!isDone)
            {
                return;
            }

            async Task<bool> TryAsync(DbTransaction transaction, CancellationToken token)
            {
                if (await LockAsync(transaction, wait, token) is null)
                {
                    return false;
                }

                await act(transaction, ids, token);
                return true;
            }
        }
    }

    private static async Task<byte[]?> AddLateAsync(
        DbTransaction transaction, byte[]? after, TimeSpan time, bool wait, CancellationToken cancellationToken)
    {
        if (await LockAsync(transaction, wait, cancellationToken) is not { } cursor)
        {
            return null;
        }

        after ??= SendId.FloorOf(cursor.Now - time).ToBytes();
        var late = await transaction.QueryAsync<byte[]>(Missing, new { after, upTo = cursor.UpTo, most = AtOnce }, cancellationToken);
        if (late.Count > 0)
        {
            await SearchRows.AddAsync(transaction, late, cancellationToken);
        }

        return late.Count == AtOnce ? late[^1] : null;
    }

    /// <summary>Takes over what became of the pending; a long backlog is walked through in rounds.</summary>
    private async Task LookAtAsync(DbTransaction transaction, MessageState state, bool wait, CancellationToken cancellationToken)
    {
        if (await LockAsync(transaction, wait, cancellationToken) is null)
        {
            return;
        }

        var after = _lookedAt[state];
        var pending =
            (await transaction.QueryAsync<IdRange>(LastPending, new { state, after, most = LookedAtAtOnce }, cancellationToken))[0];
        await TakeOverAsync(
            transaction,
            await transaction.QueryAsync<ChangedRow>(Changed, new { state, after, last = pending.Last ?? after }, cancellationToken),
            cancellationToken);
        _lookedAt[state] = pending.Found < LookedAtAtOnce ? First : pending.Last!;
    }

    private static async Task TakeOverAsync(DbTransaction transaction, IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken) =>
        await TakeOverAsync(
            transaction, await transaction.QueryAsync<ChangedRow>(ChangedOf, new { ids }, cancellationToken), cancellationToken);

    private static async Task TakeOverAsync(DbTransaction transaction, IReadOnlyList<ChangedRow> changed, CancellationToken cancellationToken)
    {
        foreach (var group in changed.Where(row => IsPending(row.State)).GroupBy(row => (row.State, row.Reason)))
        {
            var parameters = new { state = group.Key.State, reason = group.Key.Reason, ids = group.Select(row => row.Id) };
            await transaction.ExecuteAsync(MarkPending, parameters, cancellationToken);
        }

        if (changed.Where(row => !IsPending(row.State)).Select(row => row.Id).ToList() is { Count: > 0 } finished)
        {
            var locked = await transaction.QueryAsync<byte[]>(LockFinished, new { ids = finished }, cancellationToken);
            await (locked.Count == 0 ? Task.CompletedTask : SearchRows.WriteAsync(transaction, locked, cancellationToken));
        }
    }

    private static bool IsAfter(byte[] id, byte[] other) => id.AsSpan().SequenceCompareTo(other) > 0;

    private static byte[] Later(byte[]? id, byte[] other) => id is not null && IsAfter(id, other) ? id : other;

    private static bool IsPending(MessageState state) => state is MessageState.Accepted or MessageState.Parked;

    private static async Task<Cursor?> LockAsync(DbTransaction transaction, bool wait, CancellationToken cancellationToken) =>
        (await transaction.QueryAsync<Cursor>(wait ? LockCursor : LockFreeCursor, null, cancellationToken)).SingleOrDefault();

    private sealed class Cursor
    {
        public required byte[] UpTo { get; init; }

        public required DateTimeOffset Now { get; init; }
    }

    private sealed class NextBatch
    {
        /// <summary>Null when there is less than a full batch.</summary>
        public byte[]? LastOfBatch { get; init; }

        /// <summary>Null when there is nothing.</summary>
        public byte[]? Last { get; init; }
    }

    private sealed class IdRange
    {
        public required long Found { get; init; }

        public byte[]? Last { get; init; }
    }

    private sealed class ChangedRow
    {
        public required byte[] Id { get; init; }

        public required MessageState State { get; init; }

        public required string Reason { get; init; }
    }
}
