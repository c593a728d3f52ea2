using System.Security.Claims;
using EnergyLoad.Auth.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Access;

/// <summary>Decides over every request: first who calls, then who is behind it, then what that user may do. What nobody opened is closed.</summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, CallerTokens callers, UserTokens users, DenialWriter denials, IOptions<AuthOptions> options)
{
    private readonly RequestOrigin _origin = new(options.Value);

    public async Task InvokeAsync(HttpContext context)
    {
        var caller = await callers.RecogniseAsync(context);
        _origin.Note(context, caller);
        if (await RefuseAsync(context, caller) is { } refusal)
        {
            await denials.WriteAsync(context, refusal);
        }
        else
        {
            await next(context);
        }
    }

    private async ValueTask<AccessRefusal?> RefuseAsync(HttpContext context, CallerIdentity? caller)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return null;
        }

        if (caller is null)
        {
            return AccessRefusal.UnknownCaller;
        }

        context.User = new ClaimsPrincipal(caller);

        // Routing answers 405 and 415 with endpoints of its own; a known caller is told so, and also where there is no route.
        return endpoint is RouteEndpoint route ? await RefuseAsync(context, caller, route) : null;
    }

    private async ValueTask<AccessRefusal?> RefuseAsync(HttpContext context, CallerIdentity caller, RouteEndpoint route)
    {
        var asked = route.Metadata.GetOrderedMetadata<RouteAccess>();
        if (asked.Count == 0)
        {
            return AccessRefusal.RouteWithoutPolicy;
        }

        var needsUser = false;
        foreach (var access in asked)
        {
            if (!caller.Is(access.Caller))
            {
                return AccessRefusal.WrongCaller;
            }

            needsUser |= access.NeedsUser;
        }

        return needsUser ? await RefuseUserAsync(context, caller, route) : null;
    }

    private async ValueTask<AccessRefusal?> RefuseUserAsync(HttpContext context, CallerIdentity caller, RouteEndpoint route)
    {
        if (!caller.Is(Caller.Gateway) || await users.RecogniseAsync(context, caller) is not { } user)
        {
            return AccessRefusal.NoSession;
        }

        context.User = user;
        return AccessRefusal.Of(user.Session, route);
    }
}
