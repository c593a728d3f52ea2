using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Audit.Chain;

/// <summary>
/// What a row's seal covers: everything but the personal values themselves, of which it covers salted commitments, so that they can be
/// erased.
/// </summary>
internal static class RowSeal
{
    public const int SaltBytes = 32;

    public static ReadOnlySpan<byte> Bytes(AuditRow row) =>
        new CanonicalBytes("energyload.audit.row.1")
            .Add(row.Lane).Add(row.Seq).Add(row.Previous).Add(row.KeyId)
            .Add(row.At).Add(row.Type).Add(row.Outcome).Add(row.Occurrences)
            .Add(row.Service).Add(row.TraceId).Add(row.ActorId).Add(row.TargetId).Add(row.Subject).Add(row.Detail)
            .Add(row.ClientIpCommitment).Add(row.MsisdnCommitment)
            .Written;

    public static ReadOnlySpan<byte> ErasureBytes(AuditRow row) =>
        new CanonicalBytes("energyload.audit.erasure.1").Add(row.Lane).Add(row.Seq).Add(row.Mac).Written;

    /// <summary>
    /// A keyed hash under a random salt: says nothing of the value once the salt is gone, and cannot be opened to another value.
    /// </summary>
    public static byte[]? Commit(byte[]? salt, string field, string? value) =>
        salt is null || value is null ? null : HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{field}:{value}"));

    public static AuditRow WithCommitments(AuditRow row)
    {
        if (row.ClientIp is null && row.Msisdn is null)
        {
            return row;
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return row with
        {
            Salt = salt,
            ClientIpCommitment = Commit(salt, nameof(AuditRow.ClientIp), row.ClientIp),
            MsisdnCommitment = Commit(salt, nameof(AuditRow.Msisdn), row.Msisdn),
        };
    }
}
