namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>What came of the wish to resend a message.</summary>
internal abstract record ResendOutcome
{
    private ResendOutcome()
    {
    }

    /// <summary>It is on its way again.</summary>
    public sealed record Resent(ResendItem Item) : ResendOutcome;

    /// <summary>What would be sent; nothing was changed.</summary>
    public sealed record Listed(ResendItem Item) : ResendOutcome;

    /// <summary>It was not resent.</summary>
    public sealed record Refused(ReasonCode Code, ResendItem Item) : ResendOutcome;

    /// <summary>There is none of that id, or it is another sender's.</summary>
    public sealed record NotFound : ResendOutcome;
}
