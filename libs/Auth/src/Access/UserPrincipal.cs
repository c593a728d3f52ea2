using System.Security.Claims;

namespace EnergyLoad.Auth.Access;

/// <summary>A caller, and the user behind it whose token was verified and found fresh for this request.</summary>
internal sealed class UserPrincipal(CallerIdentity caller, Session session, StandingCheck check) : ClaimsPrincipal(caller)
{
    public Session Session => session;

    public StandingCheck Check => check;

    public CurrentUser User => session.User;

    public static UserPrincipal? Of(ClaimsPrincipal principal) => principal as UserPrincipal;
}
