namespace EnergyLoad.SendApi.Outcomes.Cancelling;

/// <summary>What came of the wish to cancel a message.</summary>
internal abstract record CancelOutcome
{
    private CancelOutcome()
    {
    }

    /// <summary>It will not be delivered.</summary>
    public sealed record Cancelled : CancelOutcome;

    /// <summary>There is none of that id, or it is another sender's.</summary>
    public sealed record NotFound : CancelOutcome;

    /// <summary>It is in another state than one before delivery, or an instance is posting it.</summary>
    public sealed record TooLate(MessageState State) : CancelOutcome;
}
