using EnergyLoad.Auth.Passwords;

namespace EnergyLoad.Auth.Users;

/// <summary>One row of <c>user_auth_roles</c>.</summary>
internal sealed class UserRow
{
    // The original wrote the whole payload of the maker's token here; ours is an id.
    private const int LongestId = 50;

    public required string Id { get; init; }

    public required string Username { get; init; }

    public required string Password { get; init; }

    public required string Type { get; init; }

    public string? Creator { get; init; }

    public required string Status { get; init; }

    public long Ver { get; init; }

    public long Seq { get; init; }

    public RoleSet Roles => RoleSet.FromStored(Type);

    public bool IsActive => UserStatus.IsActive(Status);

    /// <summary>The stored hash; null when it is none that we would compute.</summary>
    public PhcString? Hash => PhcString.TryParse(Password, out var phc) ? phc : null;

    public string? CreatorId => Creator?.Length <= LongestId ? Creator : null;
}
