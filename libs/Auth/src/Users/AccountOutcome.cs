namespace EnergyLoad.Auth.Users;

/// <summary>How an act on an account ended.</summary>
internal abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    /// <summary>Done; or there was nothing left to do.</summary>
    public sealed record Done(string Id) : AccountOutcome;

    /// <summary>The name is taken; nothing was changed.</summary>
    public sealed record Exists(string Id) : AccountOutcome;

    public sealed record NotFound : AccountOutcome;

    /// <summary>Not allowed; the reason goes into the audit log.</summary>
    public abstract record Refusal(string Reason) : AccountOutcome;

    public sealed record RolesExceedOwn() : Refusal("RolesExceedOwn");

    public sealed record LastRoot() : Refusal("LastRoot");

    /// <summary>One's own password is changed with the current one, not by an edit.</summary>
    public sealed record OwnPassword() : Refusal("OwnPassword");
}
