using System.Data.Common;
using Dapper;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Verification;

namespace EnergyLoad.Audit.Retention;

/// <summary>
/// Erases the personal data of one batch of a lane's rows. A row is verified first: afterwards nobody could tell whether its address
/// was the one that was sealed.
/// </summary>
internal sealed class RowErasure(AuditKeys keys)
{
    private const string Choose = $"""
        SELECT {LogColumns.All} FROM access_log
        WHERE lane = @lane AND seq > @after AND salt IS NOT NULL
          AND (@msisdn IS NULL OR msisdn = @msisdn)
          AND (@address IS NULL OR client_ip = @address)
          AND (@user IS NULL OR actor_id = @user OR target_id = @user)
          AND (@before IS NULL OR at < @before)
        ORDER BY seq LIMIT @most
        """;

    private const string Erase =
        "UPDATE access_log SET client_ip = NULL, msisdn = NULL, salt = NULL, erasure = @Erasure WHERE lane = @Lane AND seq = @Seq";

    private readonly RowCheck _rows = new(keys);

    public async Task<IReadOnlyList<long>> EraseAsync(
        DbTransaction transaction, LaneState from, AuditErasure erasure, int most, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            lane = from.Lane,
            after = from.Seq,
            msisdn = erasure.Msisdn,
            address = RowFactory.AddressOf(new AuditContext { ClientAddress = erasure.ClientAddress }),
            user = erasure.UserId,
            before = erasure.Before,
            most,
        };
        var chosen = (await transaction.Connection!.QueryAsync<AuditRow>(
            new CommandDefinition(Choose, parameters, transaction, cancellationToken: cancellationToken))).AsList();
        foreach (var row in chosen)
        {
            if (_rows.Find(row) is { } finding)
            {
                throw new AuditTamperedException(finding);
            }
        }

        var proofs = chosen.Select(row => new { row.Lane, row.Seq, Erasure = keys.Seal(row.KeyId, RowSeal.ErasureBytes(row)) });
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Erase, proofs, transaction, cancellationToken: cancellationToken));
        return [.. chosen.Select(row => row.Seq)];
    }

    /// <summary>What was asked for, without saying whose it was.</summary>
    public static string Describe(AuditErasure erasure) => string.Join(", ", new[]
    {
        erasure.Msisdn is null ? null : "one MSISDN",
        erasure.ClientAddress is null ? null : "one client address",
        erasure.UserId is null ? null : $"user {erasure.UserId}",
        erasure.Before is null ? null : $"before {erasure.Before.Value.UtcDateTime:O}",
    }.OfType<string>());
}
