namespace EnergyLoad.Auth.Users;

/// <summary>A user about to be made; the password is a hash already.</summary>
internal sealed record NewUser(string Id, string Username, string Password, string Type, string? Creator, string Status, bool MustChange)
{
    public static NewUser Create(Username name, string hash, RoleSet roles, string? creator, bool mustChange) =>
        new(Guid.CreateVersion7().ToString(), name.Value, hash, roles.ToString(), creator, UserStatus.Active, mustChange);

    public override string ToString() => $"{nameof(NewUser)} {Id}";
}
