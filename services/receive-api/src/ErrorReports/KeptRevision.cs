namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What identifies a report in the books.</summary>
internal sealed class KeptRevision
{
    public required byte[] Id { get; init; }

    public required string EsightId { get; init; }

    public required int Revision { get; init; }

    public required byte[] BodyHash { get; init; }

    public required string? MessageId { get; init; }

    public bool Holds(ReceivedReport report) => BodyHash.AsSpan().SequenceEqual(report.BodyHash);

    public bool Is(ReceivedReport report) => new Guid(Id, bigEndian: true) == report.Id;
}
