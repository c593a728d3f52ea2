using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Audit;

/// <summary>The reading route.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps <c>GET /api/v1/management/audit</c> as <c>ReadAudit</c>. It carries no authorisation of its own: the caller puts its policy on what is returned.</summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="seesMsisdn">Whether the reader of this request sees MSISDNs in full; all others see them masked.</param>
    public static RouteHandlerBuilder MapEnergyLoadAudit(this IEndpointRouteBuilder routes, Func<HttpContext, bool> seesMsisdn)
    {
        ArgumentNullException.ThrowIfNull(seesMsisdn);
        return routes.MapGet("/api/v1/management/audit", () => TypedResults.StatusCode(StatusCodes.Status501NotImplemented)).WithName("ReadAudit");
    }
}
