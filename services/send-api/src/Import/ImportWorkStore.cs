using System.Data.Common;
using System.Text.Json;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Refusals;

namespace EnergyLoad.SendApi.Import;

/// <summary>What is to be done about objects, leased to one process at a time and written down step by step.</summary>
internal sealed class ImportWorkStore(Database database, RefusalBook refusals)
{
    private const int LookedAtAtOnce = 200;
    private const int ErrorsKept = 20;

    private const string Claim = """
        SELECT id, name, generation, sender, state, reason FROM import_objects
        WHERE work = @work AND due_at <= UTC_TIMESTAMP(6) ORDER BY due_at, id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    private const string Lease = """
        UPDATE import_objects SET owner = @owner, due_at = UTC_TIMESTAMP(6) + INTERVAL 15 SECOND WHERE id IN @ids
        """;

    private const string Accept = """
        UPDATE import_objects SET state = 1, work = 1, send_id = @sendId, duplicate = @duplicate, taken_at = UTC_TIMESTAMP(6),
          due_at = UTC_TIMESTAMP(6) + INTERVAL 200 * 1000 MICROSECOND
        WHERE id = @id AND owner = @owner AND work = 0
        """;

    private const string Refuse = """
        UPDATE import_objects SET state = 2, work = 2, reason = @reason, errors = @errors, taken_at = UTC_TIMESTAMP(6),
          due_at = UTC_TIMESTAMP(6)
        WHERE id = @id AND owner = @owner AND work = 0
        """;

    private const string Lose = """
        UPDATE import_objects SET state = 5, work = 3, taken_at = UTC_TIMESTAMP(6), ended_at = UTC_TIMESTAMP(6), due_at = '9999-12-31'
        WHERE id = @id AND owner = @owner AND work = 0
        """;

    private const string Waiting = """
        SELECT id, send_id FROM import_objects
        WHERE work = 1 AND due_at <= UTC_TIMESTAMP(6) ORDER BY due_at, id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    private const string Ended = "SELECT id, state, reason FROM messages WHERE id IN @ids AND state NOT IN (0, 1)";
    private const string Decide = """
        UPDATE import_objects SET state = @state, work = 2, reason = @reason, due_at = UTC_TIMESTAMP(6) WHERE id IN @ids
        """;

    // The longer a message has been on its way, the more seldom it is asked for.
    private const string LookAgain = """
        UPDATE import_objects SET due_at = UTC_TIMESTAMP(6)
          + INTERVAL LEAST(60 * 1000000, GREATEST(200 * 1000, TIMESTAMPDIFF(MICROSECOND, taken_at, UTC_TIMESTAMP(6)) DIV 2)) MICROSECOND
        WHERE id IN @ids
        """;

    private const string Finish = """
        UPDATE import_objects SET work = 3, ended_at = UTC_TIMESTAMP(6), due_at = '9999-12-31'
        WHERE id = @id AND owner = @owner AND work = 2
        """;

    private const string NextDue = """
        SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), LEAST(
          COALESCE((SELECT MIN(due_at) FROM import_objects WHERE work = 0), TIMESTAMP '9999-12-31 00:00:00'),
          COALESCE((SELECT MIN(due_at) FROM import_objects WHERE work = 1), TIMESTAMP '9999-12-31 00:00:00'),
          COALESCE((SELECT MIN(due_at) FROM import_objects WHERE work = 2), TIMESTAMP '9999-12-31 00:00:00')))
        """;

    private readonly byte[] _owner = Guid.CreateVersion7().ToByteArray(bigEndian: true);

    /// <summary>Takes due objects of one kind of work out of everybody else's sight for 15 s.</summary>
    public Task<IReadOnlyList<ImportedObject>> ClaimAsync(ImportWork work, int most, CancellationToken cancellationToken) =>
        database.InTransactionAsync<IReadOnlyList<ImportedObject>>(
            async (transaction, token) =>
            {
                var objects = await transaction.QueryAsync<ImportedObject>(Claim, new { work, most }, token);
                if (objects.Count > 0)
                {
                    await transaction.ExecuteAsync(Lease, new { owner = _owner, ids = objects.Select(one => one.Id) }, token);
                }

                return objects;
            },
            cancellationToken);

    /// <summary>Writes down that an object's message is committed.</summary>
    public Task AcceptedAsync(ImportedObject imported, SendId sendId, bool duplicate, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Accept, new { id = imported.Id, owner = _owner, sendId = sendId.ToBytes(), duplicate }, cancellationToken);

    /// <summary>
    /// Writes down why an object was refused, and counts it for the ledger; its code names the folder that it is moved to. Whoever no
    /// longer has the object in its hands counts nothing.
    /// </summary>
    public Task RefusedAsync(
        ImportedObject imported, Refusal refusal, IReadOnlyList<ProblemError> errors, CancellationToken cancellationToken)
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes([.. errors.Take(ErrorsKept)], ImportJson.Default.IReadOnlyListProblemError);
        var parameters = new { id = imported.Id, owner = _owner, reason = refusal.Code, errors = kept };
        return database.InTransactionAsync(
            async (transaction, token) =>
            {
                if (await transaction.ExecuteAsync(Refuse, parameters, token) > 0)
                {
                    refusals.CountAtCommit(transaction, refusal);
                }
            },
            cancellationToken);
    }

    /// <summary>Writes down that the bucket no longer has an object's content.</summary>
    public Task LostAsync(ImportedObject imported, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Lose, new { id = imported.Id, owner = _owner }, cancellationToken);

    /// <summary>Writes down that an object has left the source bucket.</summary>
    public Task MovedAsync(ImportedObject imported, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Finish, new { id = imported.Id, owner = _owner }, cancellationToken);

    /// <summary>Looks what has become of messages, and decides where their objects go.</summary>
    /// <returns>How many were decided.</returns>
    public Task<int> DecideAsync(CancellationToken cancellationToken) => database.InTransactionAsync(DecideAsync, cancellationToken);

    /// <summary>Time until something is due, zero or less when something is; null when nothing will be.</summary>
    public async Task<TimeSpan?> NextDueAsync(CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMicroseconds((await database.QueryAsync<long>(NextDue, null, cancellationToken)).Single());
        return wait < TimeSpan.FromDays(365) ? wait : null;
    }

    private static async Task<int> DecideAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var waiting = await transaction.QueryAsync<WaitingRow>(Waiting, new { most = LookedAtAtOnce }, cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var ended = await transaction.QueryAsync<EndedRow>(Ended, new { ids = waiting.Select(row => row.SendId) }, cancellationToken);
        var objects = waiting.ToLookup(row => new Guid(row.SendId));
        foreach (var group in ended.GroupBy(row => (row.State, row.Reason)))
        {
            var state = group.Key.State == MessageState.Delivered ? ImportState.Delivered : ImportState.Failed;
            var ids = group.SelectMany(row => objects[new Guid(row.Id)]).Select(row => row.Id);
            var reason = group.Key.Reason ?? nameof(ReasonCode.GaveUp);
            await transaction.ExecuteAsync(Decide, new { state, reason, ids }, cancellationToken);
        }

        var over = ended.Select(row => new Guid(row.Id)).ToHashSet();
        var others = waiting.Where(row => !over.Contains(new Guid(row.SendId))).Select(row => row.Id).ToList();
        await (others.Count == 0 ? Task.CompletedTask : transaction.ExecuteAsync(LookAgain, new { ids = others }, cancellationToken));
        return waiting.Count - others.Count;
    }

    private sealed class WaitingRow
    {
        public required byte[] Id { get; init; }

        public required byte[] SendId { get; init; }
    }

    private sealed class EndedRow
    {
        public required byte[] Id { get; init; }

        public required MessageState State { get; init; }

        public required string? Reason { get; init; }
    }
}
