namespace EnergyLoad.SendApi.Outcomes;

/// <summary>One error item that names a reading.</summary>
internal sealed class ReadingErrorRow
{
    public required byte[] MessageId { get; init; }

    /// <summary>Place of the reading in the message; -1 when the item names none.</summary>
    public required int Reading { get; init; }

    public required string? ErrorCode { get; init; }

    public required string? ErrorMessage { get; init; }
}
