namespace EnergyLoad.Auth;

/// <summary>One service account; it is known by its unique id or by its e-mail, whichever a token carries.</summary>
public sealed class CallerAccount
{
    /// <summary>E-mail of the account; it counts only in tokens that say it is verified.</summary>
    public string Email { get; set; } = "";

    /// <summary>
    /// Unique id of the account, the <c>sub</c> of its tokens; unlike the e-mail it is never used again for another account.
    /// </summary>
    public string UniqueId { get; set; } = "";

    /// <summary>
    /// The <c>aud</c> of this account's tokens when it differs from <see cref="CallersOptions.Audience"/>; empty by default.
    /// </summary>
    public string Audience { get; set; } = "";

    internal bool IsSet => Email.Length > 0 || UniqueId.Length > 0;
}
