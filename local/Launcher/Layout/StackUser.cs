namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>A user of the pair and its password. A class, not a record: its text must not show the password.</summary>
internal sealed class StackUser
{
    public required string Username { get; init; }

    public required string Password { get; init; }
}
