namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>The users that every stack has: key in stack.json, and role.</summary>
internal static class StackUsers
{
    public const string Root = "root";
    public const string Sender = "sender";
    public const string Backoffice = "backoffice";
    public const string ESight = "esight";
    public const string ESightRole = "e_sight";

    /// <summary>Those that the root makes through the management route.</summary>
    public static readonly IReadOnlyList<(string Key, string Role)> MadeByRoot =
        [("admin", "admin"), (Backoffice, "backoffice"), (Sender, "sender"), (ESight, ESightRole), ("user", "user")];
}
