namespace EnergyLoad.MySql;

/// <summary>Something to tell.</summary>
/// <param name="Kind">What it is, so that the publisher knows where it goes; at most 40 bytes of ASCII.</param>
/// <param name="Payload">What is told.</param>
public sealed record OutboxEntry(string Kind, byte[] Payload);

/// <summary>A claimed row of an <see cref="Outbox"/>.</summary>
public sealed class OutboxRow
{
    /// <summary>The row's UUIDv7.</summary>
    public required byte[] Id { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>What is told.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>How often telling it failed.</summary>
    public required int Attempts { get; init; }
}
