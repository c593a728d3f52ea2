namespace EnergyLoad.Auth.Freshness;

/// <summary>How a token and its user stand in the database at this moment.</summary>
/// <param name="User">The user; null when there is none of that id.</param>
/// <param name="IsActive">Whether the user may act at all.</param>
/// <param name="Version">The version that tokens must carry.</param>
/// <param name="MustChangePassword">Whether an administrator has set the password.</param>
/// <param name="IsRevoked">Whether the token was ended by itself.</param>
internal sealed record Standing(CurrentUser? User, bool IsActive, long Version, bool MustChangePassword, bool IsRevoked)
{
    public static readonly Standing Unknown = new(null, false, 0, false, false);

    /// <summary>Why the token does not hold; null when it does.</summary>
    public string? FaultOf(SessionClaims claims) =>
        User is null ? "user is gone"
        : !IsActive ? "user is deactivated"
        : Version != claims.Version ? "sessions were ended"
        : IsRevoked ? "revoked"
        : null;
}
