namespace EnergyLoad.SendApi.Accepting;

/// <summary>What became of one message at the commit.</summary>
internal abstract record AcceptOutcome
{
    private AcceptOutcome()
    {
    }

    /// <summary>The id that stands in the books for the message; null when there is none.</summary>
    public Guid? Known => this switch
    {
        Accepted accepted => accepted.Id.Value,
        Duplicate duplicate => duplicate.Id.Value,
        Conflict conflict => conflict.Id.Value,
        _ => null,
    };

    /// <summary>It is committed under this id.</summary>
    public sealed record Accepted(SendId Id) : AcceptOutcome;

    /// <summary>The same bytes were committed before, under this id.</summary>
    public sealed record Duplicate(SendId Id) : AcceptOutcome;

    /// <summary>Other bytes were committed before under the same messageId; they stay.</summary>
    public sealed record Conflict(SendId Id) : AcceptOutcome
    {
        /// <summary>SHA-256 of the bytes that stay.</summary>
        public required byte[] KeptHash { get; init; }
    }

    /// <summary>Nothing was kept: the queue is full, or the sender's share of it.</summary>
    public sealed record Overloaded : AcceptOutcome;

    /// <summary>Nothing was kept: the user may no longer push.</summary>
    public sealed record NotAllowed : AcceptOutcome;

    /// <summary>Nothing was kept: this one message cannot be written.</summary>
    public sealed record Faulted(Exception Cause) : AcceptOutcome;
}
