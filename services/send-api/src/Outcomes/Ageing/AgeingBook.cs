using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes.Publishing;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Ageing;

/// <summary>
/// Sees messages that wait for longer than configured, parked or tried in vain, and has each told once for each threshold.
/// </summary>
internal sealed class AgeingBook(
    Database database, OutcomeOutbox outbox, IOptions<OutcomeOptions> options, TimeProvider timeProvider, SendMetrics metrics)
{
    private const int AtOnce = 500;

    // The rows of the search are the projector's; who writes into them beside it waits for it.
    private const string Enter = "SELECT id FROM search_cursor WHERE id = 1 FOR UPDATE";

    // What was told before is stepped over in the index, once for each look at all that waits.
    private const string Late = """
        SELECT STRAIGHT_JOIN m.id, m.state, m.reason, m.attempts, COALESCE(m.cycle_at, m.accepted_at) AS since, UTC_TIMESTAMP(6) AS now
        FROM message_search s FORCE INDEX (by_state) JOIN messages m ON m.id = s.id
        WHERE s.state = @state AND s.aged = @aged AND s.id > @after AND s.id < @before AND m.state IN (0, 1)
          AND COALESCE(m.cycle_at, m.accepted_at) <= UTC_TIMESTAMP(6) - INTERVAL @minutes MINUTE
        ORDER BY s.id LIMIT @most
        """;

    private const string Mark = "UPDATE message_search SET aged = @aged + 1 WHERE id IN @ids";

    /// <summary>Looks at all that waits; a long backlog is told in batches.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int[] thresholds = [options.Value.FirstAgeMinutes, options.Value.SecondAgeHours * 60];
        for (var aged = 0; aged < thresholds.Length; aged++)
        {
            foreach (var state in (MessageState[])[MessageState.Accepted, MessageState.Parked])
            {
                var (step, minutes) = (aged, thresholds[aged]);
                byte[]? after = new byte[16];
                while (after is not null)
                {
                    after = await TellAsync(state, step, minutes, after, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }

    /// <returns>The message to go on after; null at the end.</returns>
    private async Task<byte[]?> TellAsync(MessageState state, int aged, int minutes, byte[] after, CancellationToken cancellationToken)
    {
        var told = await database.InTransactionAsync(
            (transaction, token) => TellAsync(transaction, state, aged, minutes, after, token), cancellationToken);
        metrics.Aged(state, minutes, told.Count);
        return told.Count == AtOnce ? told[^1].Id : null;
    }

    private async Task<List<LateRow>> TellAsync(
        DbTransaction transaction, MessageState state, int aged, int minutes, byte[] after, CancellationToken cancellationToken)
    {
        await transaction.QueryAsync<int>(Enter, null, cancellationToken);
        var before = SendId.FloorOf(timeProvider.GetUtcNow() - TimeSpan.FromMinutes(minutes)).ToBytes();
        var rows = await transaction.QueryAsync<LateRow>(Late, new { state, aged, after, before, minutes, most = AtOnce }, cancellationToken);
        if (rows.Count > 0)
        {
            await transaction.ExecuteAsync(Mark, new { aged, ids = rows.Select(row => row.Id) }, cancellationToken);
            outbox.Add(transaction, rows.Select(row => row.Told(minutes)));
        }

        return rows;
    }

    private sealed class LateRow
    {
        public required byte[] Id { get; init; }

        public required MessageState State { get; init; }

        public required string? Reason { get; init; }

        public required int Attempts { get; init; }

        public required DateTimeOffset Since { get; init; }

        public required DateTimeOffset Now { get; init; }

        public ToldAge Told(int minutes) => new(new Guid(Id, bigEndian: true), State, Reason, Attempts, Since, minutes, Now);
    }
}
