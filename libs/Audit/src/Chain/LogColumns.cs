namespace EnergyLoad.Audit.Chain;

internal static class LogColumns
{
    /// <summary>What an <see cref="AuditRow"/> is read from.</summary>
    public const string All = """
        lane, seq, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', at) AS at, type, outcome, occurrences, service, trace_id, actor_id, target_id,
        subject, detail, client_ip, client_ip_commitment, msisdn, msisdn_commitment, salt, erasure, key_id, previous, mac
        """;
}
