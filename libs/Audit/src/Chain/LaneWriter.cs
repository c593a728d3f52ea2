using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using EnergyLoad.MySql;

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
          client_ip, client_ip_commitment, msisdn, msisdn_commitment, salt, key_id, previous, mac) VALUES
        """;

    private readonly ConditionalWeakTable<DbTransaction, LaneHead> _taken = [];

    /// <summary>
    /// Puts the row at the end of a lane; it is sent with the commit of the transaction, which tells <c>whenRefused</c> when it fails.
    /// </summary>
    public async Task AppendAsync(
        DbTransaction transaction, AuditRow row, Action<DbException>? whenRefused, CancellationToken cancellationToken)
    {
        if (!_taken.TryGetValue(transaction, out var head))
        {
            head = await TakeLaneAsync(transaction, cancellationToken);
        }

        var linked = RowSeal.WithCommitments(row) with
        {
            Lane = head.Lane,
            Seq = head.Seq + 1,
            At = head.Now,
            KeyId = keys.CurrentId,
            Previous = head.Mac,
        };
        var sealedRow = linked with { Mac = keys.Seal(linked.KeyId, RowSeal.Bytes(linked))! };
        ValuesOf(sealedRow).ExecuteAtCommit(transaction, ending: null, whenRefused);
        transaction.ExecuteAtCommit(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE access_log_lanes SET seq = {sealedRow.Seq}, mac = x'{Convert.ToHexStringLower(sealedRow.Mac)}' WHERE lane = {head.Lane}"));
        _taken.AddOrUpdate(transaction, head with { Seq = sealedRow.Seq, Mac = sealedRow.Mac });
    }

    private static InsertRows ValuesOf(AuditRow row) => new InsertRows(Append).Row()
        .Add(row.Lane).Add(row.Seq).Add(DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(row.At)).Add(row.Type).Add(row.Outcome)
        .Add(row.Occurrences).Add(row.Service).Add(row.TraceId).Add(row.ActorId).Add(row.TargetId).Add(row.Subject).Add(row.Detail)
        .Add(row.ClientIp).Add(row.ClientIpCommitment).Add(row.Msisdn).Add(row.MsisdnCommitment).Add(row.Salt).Add(row.KeyId)
        .Add(row.Previous).Add(row.Mac);

    private static async Task<LaneHead> TakeLaneAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var start = Random.Shared.Next(Lanes);
        return await ReadAsync(transaction, TakeFromHere, start, cancellationToken)
            ?? await ReadAsync(transaction, TakeBeforeHere, start, cancellationToken)
            ?? await ReadAsync(transaction, WaitHere, start, cancellationToken)
            ?? throw new InvalidOperationException("The lanes of the audit log are missing: run the migrate command.");
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
