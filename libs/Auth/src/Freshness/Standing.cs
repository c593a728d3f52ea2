using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Freshness;

/// <summary>How a token and its user stand in the database at this moment.</summary>
/// <param name="Row">The user's row; null when there is none of that id.</param>
/// <param name="IsRevoked">Whether the token was ended by itself.</param>
internal sealed record Standing(StandingRow? Row, bool IsRevoked)
{
    public static readonly Standing Unknown = new(null, false);

    /// <summary>The user; null when there is none of that id.</summary>
    public CurrentUser? User { get; } = Row is null ? null : new(Row.Id!, Row.Username ?? "", RoleSet.FromStored(Row.Type));

    /// <summary>Whether an administrator has set the password.</summary>
    public bool MustChangePassword => Row is { MustChange: true };

    /// <summary>Why the token does not hold; null when it does.</summary>
    public string? FaultOf(SessionClaims claims) =>
        Row is null ? "user is gone"
        : !UserStatus.IsActive(Row.Status) ? "user is deactivated"
        : Row.Ver != claims.Version ? "sessions were ended"
        : IsRevoked ? "revoked"
        : null;
}
