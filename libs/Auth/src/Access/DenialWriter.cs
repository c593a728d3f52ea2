using EnergyLoad.Audit;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Access;

/// <summary>Answers a refused request, and leaves its one audit row.</summary>
internal sealed class DenialWriter(AuditLog audit)
{
    public async Task WriteAsync(HttpContext context, AccessRefusal refusal)
    {
        await audit.TryRecordAsync(EventOf(context, refusal), context.RequestAborted);
        if (refusal.Type.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await new Problem(refusal.Type).ExecuteAsync(context);
    }

    private static AuditEvent EventOf(HttpContext context, AccessRefusal refusal)
    {
        var about = context.GetAuditContext();
        var refused = RefusedTokens.Of(context);
        return refusal == AccessRefusal.UnknownCaller
                ? AuditEvent.CallerDenied(about, null, RouteOf(context), refused.Caller ?? "no ID token")
            : refusal == AccessRefusal.WrongCaller
                ? AuditEvent.CallerDenied(about, CallerIdentity.Of(context.User)?.ToString(), RouteOf(context), "not its route")
            : refusal == AccessRefusal.NoSession
                ? AuditEvent.TokenRefused(about, refused.UserId, refused.User ?? "no token")
            : AuditEvent.AccessDenied(about, RouteOf(context), refusal.Code);
    }

    private static string RouteOf(HttpContext context) =>
        $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such route)"}";
}
