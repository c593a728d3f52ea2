using System.Diagnostics;
using System.Text;
using EnergyLoad.Audit.Refusals;

namespace EnergyLoad.Audit.Chain;

/// <summary>Turns an event into a row that is not in a lane yet.</summary>
internal sealed class RowFactory(string service)
{
    private const int LongestId = 50;
    private const int LongestName = 100;
    private const int LongestSubject = 250;
    private const int LongestDetail = 1000;
    private const int LongestMsisdn = 32;

    public AuditRow Create(AuditEvent auditEvent) => new()
    {
        Type = auditEvent.Type.Number,
        Outcome = (int)auditEvent.Type.Outcome,
        Service = Clean(service, LongestName)!,
        TraceId = Clean(auditEvent.Context.TraceId ?? Activity.Current?.TraceId.ToHexString(), LongestName),
        ActorId = Clean(auditEvent.Context.ActorUserId, LongestId),
        TargetId = Clean(auditEvent.TargetUserId, LongestId),
        Subject = Clean(auditEvent.Subject, LongestSubject),
        Detail = Clean(auditEvent.Detail, LongestDetail),
        ClientIp = AddressOf(auditEvent.Context),
        Msisdn = Clean(auditEvent.Context.Msisdn, LongestMsisdn),
    };

    /// <summary>A row that stands for many refusals of one kind, by one address, under one name, or neither.</summary>
    public AuditRow CreateCounted(RefusalKey key, long count) => new()
    {
        Type = key.Type.Number,
        Outcome = (int)key.Type.Outcome,
        Occurrences = count,
        Service = Clean(service, LongestName)!,
        Subject = Clean(key.Name, LongestSubject),
        Detail = "counted",
        ClientIp = key.Address,
    };

    public static string? AddressOf(AuditContext context) => context.ClientAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        // A scope id says which network card of ours it was; it is not part of the client's address.
        var address => address.ToString().Split('%')[0],
    };

    /// <summary>
    /// Text that reads back exactly as it was sealed, and that cannot forge lines where it is shown: no control characters, no lone
    /// surrogates, no more than fits.
    /// </summary>
    public static string? Clean(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes().Take(longest))
        {
            clean.Append((Rune.IsControl(rune) ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }
}
