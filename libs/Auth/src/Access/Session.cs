using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>What is known of a request's token and user.</summary>
internal sealed record Session(CurrentUser User, Guid Jti, DateTimeOffset ExpiresAt, bool MustChangePassword)
{
    private static readonly RoleSet Enforced = new(Role.Root, Role.Admin, Role.Backoffice);

    /// <summary>
    /// People with rights over others must replace a password that an administrator knows before they do anything else. Machine users of
    /// existing callers go on working.
    /// </summary>
    public bool IsHeldUp => MustChangePassword && User.Roles.Overlaps(Enforced);

    public static ValueTask<Session> BindAsync(HttpContext context) =>
        ValueTask.FromResult(
            UserPrincipal.Of(context.User)?.Session ?? throw new InvalidOperationException("The route does not require a user."));
}
