using System.Diagnostics;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Requests;

/// <summary>Where a request comes from, for throttling and for the audit log.</summary>
internal sealed class RequestOrigin(AuthOptions options)
{
    /// <summary>Notes it on the request, before anything is decided about it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who called; null when nobody whom we know did.</param>
    public void Note(HttpContext context, CallerIdentity? caller)
    {
        // Only the gateway's hops are known; anybody else could have written the header.
        var isGateway = caller?.Is(Caller.Gateway) == true;
        context.SetAuditContext(new AuditContext
        {
            ClientAddress = isGateway ? ClientAddress.Of(context, options.TrustedHops) : ClientAddress.OfConnection(context),
            Msisdn = isGateway ? Msisdn.TryRead(context.Request.Headers[options.MsisdnHeader]) : null,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
        });
    }
}
