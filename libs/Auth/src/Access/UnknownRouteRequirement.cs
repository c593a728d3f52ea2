using Microsoft.AspNetCore.Authorization;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// What holds where no route says who may use it: a known caller is told that there is no such route, a stranger nothing.
/// </summary>
internal sealed class UnknownRouteRequirement : IAuthorizationRequirement
{
    public static readonly AuthorizationPolicy Policy =
        new AuthorizationPolicyBuilder(AuthSchemes.Caller).AddRequirements(new UnknownRouteRequirement()).Build();
}
