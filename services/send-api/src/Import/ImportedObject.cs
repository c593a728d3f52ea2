namespace EnergyLoad.SendApi.Import;

/// <summary>An object that this process may work on while its lease lasts.</summary>
internal sealed class ImportedObject
{
    public required byte[] Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Which content of that name was seen; another one is another object.</summary>
    public required long Generation { get; init; }

    /// <summary>User name of who asked for the import: the sender of the message.</summary>
    public required string Sender { get; init; }

    public required ImportState State { get; init; }

    /// <summary>Why it was refused or failed; null when it was not.</summary>
    public required string? Reason { get; init; }
}
