namespace EnergyLoad.Auth.Users;

/// <summary>What an administrator wants changed; null leaves it as it is.</summary>
internal sealed record UserChanges(string? Password, RoleSet? Roles, string? Status)
{
    public override string ToString() => nameof(UserChanges);
}
