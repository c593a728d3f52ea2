using System.Security.Cryptography;
using EnergyLoad.Auth;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A report on its way into the books.</summary>
internal sealed class ReceivedReport(ErrorReport report, byte[] body, DateTimeOffset receivedAt, string? traceParent)
{
    // Made from the same instant as ReceivedAt, so that the order of ids is the order of arrival to the millisecond.
    public Guid Id { get; } = Guid.CreateVersion7(receivedAt);

    public ErrorReport Report => report;

    public byte[] Body => body;

    public byte[] BodyHash { get; } = SHA256.HashData(body);

    /// <summary>The ids of what is told about the report, in the order of its items.</summary>
    public IReadOnlyList<Guid> EventIds { get; } = ErrorReports.EventIds.Of(report);

    public DateTimeOffset ReceivedAt => receivedAt;

    public string? TraceParent => traceParent;

    /// <summary>How the user who posted it stands, to be asked before the commit; null when nobody did.</summary>
    public StandingCheck? Check { get; init; }
}
