namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>What send-api's books say of one message.</summary>
internal sealed class MessageRow
{
    public required byte[] Id { get; init; }

    public required string MessageKey { get; init; }

    public required int State { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Attempts on record.</summary>
    public required int Attempts { get; init; }

    /// <summary>Of these, the ones that e-Sight cannot have noticed.</summary>
    public required int Unreached { get; init; }

    /// <summary>Of these, the ones that got no answer.</summary>
    public required int Unknown { get; init; }

    public string SendId => new Guid(Id, bigEndian: true).ToString("D");

    public bool IsDelivered => State == 2;

    public bool IsRejected => State == 3;

    /// <summary>e-Sight said so in an error report, whatever our own attempts have seen.</summary>
    public bool IsKnownByReport => Reason is "RejectedByReport" or "DeliveredByReport";
}
