using System.Security.Claims;

namespace EnergyLoad.Auth.Access;

/// <summary>A caller with a user behind it. The session is asked for several times in a request: it is not looked for.</summary>
internal sealed class UserPrincipal(CallerIdentity caller, SessionIdentity session) : ClaimsPrincipal([caller, session])
{
    public SessionIdentity Session => session;
}
