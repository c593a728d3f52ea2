using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Audit;

/// <summary>Keeps the audit context on the request that it describes.</summary>
public static class AuditContextFeature
{
    /// <summary>The context that was set on the request; until then the connection's own address and the trace id.</summary>
    /// <param name="httpContext">The request.</param>
    public static AuditContext GetAuditContext(this HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return httpContext.Features.Get<AuditContext>() ?? new AuditContext
        {
            ClientAddress = httpContext.Connection.RemoteIpAddress,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier,
        };
    }

    /// <summary>Sets what is known of the request; called again when more is known, for example after authentication.</summary>
    /// <param name="httpContext">The request.</param>
    /// <param name="auditContext">What is known.</param>
    public static void SetAuditContext(this HttpContext httpContext, AuditContext auditContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Features.Set(auditContext);
    }
}
