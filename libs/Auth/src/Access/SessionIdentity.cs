using System.Security.Claims;

namespace EnergyLoad.Auth.Access;

/// <summary>A user whose token was verified and found fresh for this request.</summary>
internal sealed class SessionIdentity(Session session, StandingCheck check) : ClaimsIdentity("EDM token")
{
    public Session Session => session;

    public StandingCheck Check => check;

    public CurrentUser User => session.User;

    public static SessionIdentity? Of(ClaimsPrincipal principal) => (principal as UserPrincipal)?.Session;
}
