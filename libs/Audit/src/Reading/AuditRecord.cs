using System.Globalization;
using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Reading;

/// <summary>One row as its reader sees it.</summary>
internal sealed record AuditRecord
{
    private const int ShownFirst = 4;
    private const int ShownLast = 2;

    // Of a shorter number too little would be left hidden.
    private const int ShortestShown = 9;

    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required string Outcome { get; init; }

    public required string Service { get; init; }

    public string? Actor { get; init; }

    public string? Target { get; init; }

    public string? Subject { get; init; }

    public string? Detail { get; init; }

    public string? ClientIp { get; init; }

    public string? Msisdn { get; init; }

    public string? TraceId { get; init; }

    public long Count { get; init; }

    public static AuditRecord From(AuditRow row, bool fullMsisdn) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{row.Lane}-{row.Seq}"),
        At = DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(row.At),
        Type = AuditEventType.Find(row.Type)?.Name ?? row.Type.ToString(CultureInfo.InvariantCulture),
        Outcome = row.Outcome == (int)AuditOutcome.Succeeded ? "succeeded" : "refused",
        Service = row.Service,
        Actor = row.ActorId,
        Target = row.TargetId,
        Subject = row.Subject,
        Detail = row.Detail,
        ClientIp = row.ClientIp,
        Msisdn = fullMsisdn ? row.Msisdn : Mask(row.Msisdn),
        TraceId = row.TraceId,
        Count = row.Occurrences,
    };

    private static string? Mask(string? msisdn) => msisdn switch
    {
        null => null,
        { Length: >= ShortestShown } =>
            $"{msisdn[..ShownFirst]}{new string('*', msisdn.Length - ShownFirst - ShownLast)}{msisdn[^ShownLast..]}",
        _ => new string('*', msisdn.Length),
    };
}
