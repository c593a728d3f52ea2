using EnergyLoad.Auth;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Whose messages a user may see and act on.</summary>
internal static class MessageAccess
{
    /// <summary>The sender to whose messages the user is bound; null when the user may see all.</summary>
    public static string? OwnMessagesOnly(this CurrentUser user) =>
        user.HasAny(Role.Root, Role.Admin, Role.Backoffice) ? null : user.Username;

    /// <summary>Whether the user may see a sender's messages.</summary>
    public static bool MaySee(this CurrentUser user, string sender) => user.OwnMessagesOnly() is not { } own || own == sender;
}
