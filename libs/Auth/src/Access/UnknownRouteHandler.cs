using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// Deny by default: a route that nobody gave a policy is closed to all. Paths and methods that do not exist are 404 and 405 for a known
/// caller.
/// </summary>
internal sealed class UnknownRouteHandler : AuthorizationHandler<UnknownRouteRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, UnknownRouteRequirement requirement)
    {
        // Routing answers 405 and 415 with endpoints of its own, which are no RouteEndpoints.
        if ((context.Resource as HttpContext)?.GetEndpoint() is RouteEndpoint)
        {
            context.Fail(new Denial(this, "RouteWithoutPolicy", ProblemTypes.Forbidden));
        }
        else if (CallerIdentity.Of(context.User) is null)
        {
            context.Fail(new Denial(this, "UnknownCaller", ProblemTypes.Unauthorized));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
