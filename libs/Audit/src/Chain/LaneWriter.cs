using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace EnergyLoad.Audit.Chain;

/// <summary>
/// Appends rows to the chain. A transaction takes any lane that is free, and keeps it to its end: as long as fewer than
/// sixteen acts are between their audit row and their commit, nobody waits.
/// </summary>
internal sealed class LaneWriter(AuditKeys keys)
{
    public const int Lanes = 16;

    private const string Head =
        "SELECT lane, seq, mac, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) AS now FROM access_log_lanes ";

    private const string TakeFromHere = Head + "WHERE lane >= @lane ORDER BY lane LIMIT 1 FOR UPDATE SKIP LOCKED";
    private const string TakeBeforeHere = Head + "WHERE lane < @lane ORDER BY lane LIMIT 1 FOR UPDATE SKIP LOCKED";
    private const string WaitHere = Head + "WHERE lane = @lane FOR UPDATE";

    private const string Append = """
        INSERT INTO access_log (
          lane, seq, at, type, outcome, occurrences, service, trace_id, actor_id, target_id, subject, detail,
          client_ip, client_ip_commitment, msisdn, msisdn_commitment, salt, key_id, previous, mac)
        VALUES (
          @Lane, @Seq, TIMESTAMPADD(MICROSECOND, @At, '1970-01-01'), @Type, @Outcome, @Occurrences, @Service, @TraceId, @ActorId, @TargetId,
          @Subject, @Detail, @ClientIp, @ClientIpCommitment, @Msisdn, @MsisdnCommitment, @Salt, @KeyId, @Previous, @Mac);
        UPDATE access_log_lanes SET seq = @Seq, mac = @Mac WHERE lane = @Lane
        """;

    private readonly ConditionalWeakTable<DbTransaction, StrongBox<int>> _taken = [];

    public async Task AppendAsync(DbTransaction transaction, AuditRow row, CancellationToken cancellationToken)
    {
        var head = await TakeLaneAsync(transaction, cancellationToken);
        var linked = RowSeal.WithCommitments(row) with
        {
            Lane = head.Lane,
            Seq = head.Seq + 1,
            At = head.Now,
            KeyId = keys.CurrentId,
            Previous = head.Mac,
        };
        var sealedRow = linked with { Mac = keys.Seal(linked.KeyId, RowSeal.Bytes(linked))! };
        await Connection(transaction).ExecuteAsync(
            new CommandDefinition(Append, sealedRow, transaction, cancellationToken: cancellationToken));
    }

    private async Task<LaneHead> TakeLaneAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (_taken.TryGetValue(transaction, out var taken))
        {
            return (await ReadAsync(transaction, WaitHere, taken.Value, cancellationToken))!;
        }

        var start = Random.Shared.Next(Lanes);
        var head = await ReadAsync(transaction, TakeFromHere, start, cancellationToken)
            ?? await ReadAsync(transaction, TakeBeforeHere, start, cancellationToken)
            ?? await ReadAsync(transaction, WaitHere, start, cancellationToken)
            ?? throw new InvalidOperationException("The lanes of the audit log are missing: run the migrate command.");
        _taken.Add(transaction, new StrongBox<int>(head.Lane));
        return head;
    }

    private static Task<LaneHead?> ReadAsync(DbTransaction transaction, string sql, int lane, CancellationToken cancellationToken) =>
        Connection(transaction).QuerySingleOrDefaultAsync<LaneHead>(
            new CommandDefinition(sql, new { lane }, transaction, cancellationToken: cancellationToken));

    private static DbConnection Connection(DbTransaction transaction) =>
        transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");

    private sealed record LaneHead
    {
        public int Lane { get; init; }

        public long Seq { get; init; }

        public byte[] Mac { get; init; } = [];

        public long Now { get; init; }
    }
}
