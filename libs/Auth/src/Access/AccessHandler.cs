using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>Decides over a request: first who calls, then who is behind it, then what that user may do.</summary>
internal sealed class AccessHandler : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (Refuse(context, requirement.Access) is { } denial)
        {
            context.Fail(denial);
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private Denial? Refuse(AuthorizationHandlerContext context, RouteAccess access)
    {
        if (CallerIdentity.Of(context.User) is not { } caller)
        {
            return new Denial(this, "UnknownCaller", ProblemTypes.Unauthorized);
        }

        if (!caller.Is(access.Caller))
        {
            return new Denial(this, "WrongCaller", ProblemTypes.Forbidden);
        }

        return access.NeedsUser ? RefuseUser(context, access) : null;
    }

    private Denial? RefuseUser(AuthorizationHandlerContext context, RouteAccess access)
    {
        if (SessionIdentity.Of(context.User)?.Session is not { } session)
        {
            return new Denial(this, AccessRefusal.NoSession.Code, AccessRefusal.NoSession.Type);
        }

        return AccessRefusal.Of(session, access, (context.Resource as HttpContext)?.GetEndpoint()) is { } refusal
            ? new Denial(this, refusal.Code, refusal.Type)
            : null;
    }
}
