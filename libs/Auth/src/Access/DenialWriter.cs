using EnergyLoad.Audit;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Access;

/// <summary>Answers a refused request, and leaves its one audit row.</summary>
internal sealed class DenialWriter(AuditLog audit) : IAuthorizationMiddlewareResultHandler
{
    private const string UnknownCaller = "UnknownCaller";

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        // Without a proven caller the framework does not even ask the handlers: there is no failure to read then.
        var denial = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<Denial>().FirstOrDefault();
        await WriteAsync(context, denial?.Message ?? UnknownCaller, denial?.Type ?? ProblemTypes.Unauthorized);
    }

    /// <summary>Refuses a request for a reason that is known.</summary>
    public async Task WriteAsync(HttpContext context, string code, ProblemType type)
    {
        await audit.TryRecordAsync(EventOf(context, code), context.RequestAborted);
        if (type.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await new Problem(type).ExecuteAsync(context);
    }

    private static AuditEvent EventOf(HttpContext context, string denial)
    {
        var about = context.GetAuditContext();
        var refused = RefusedTokens.Of(context);
        return denial switch
        {
            UnknownCaller => AuditEvent.CallerDenied(about, null, RouteOf(context), refused.Caller ?? "no ID token"),
            "WrongCaller" => AuditEvent.CallerDenied(about, CallerIdentity.Of(context.User)?.ToString(), RouteOf(context), "not its route"),
            "NoSession" => AuditEvent.TokenRefused(about, refused.UserId, refused.User ?? "no token"),
            _ => AuditEvent.AccessDenied(about, RouteOf(context), denial),
        };
    }

    private static string RouteOf(HttpContext context) =>
        $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such route)"}";
}
