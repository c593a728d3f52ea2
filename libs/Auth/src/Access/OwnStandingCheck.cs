using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>For a route whose handler reads itself how its user stands: nothing that it returns leaves before that was read.</summary>
internal sealed class OwnStandingCheck(DenialWriter denials) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var check = UserPrincipal.Of(context.HttpContext.User)!.Check;
        if (await check.HoldsAsync())
        {
            return answer;
        }

        var refused = RefusedTokens.Of(context.HttpContext);
        (refused.User, refused.UserId) = (check.Fault, check.UserId);
        await denials.WriteAsync(context.HttpContext, check.Refusal!);
        return Results.Empty;
    }

    /// <summary>Marks such a route.</summary>
    internal sealed class Mark;
}
