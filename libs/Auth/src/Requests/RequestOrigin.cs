using System.Diagnostics;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Requests;

/// <summary>Finds out where a request comes from, for throttling and for the audit log, before anything is decided about it.</summary>
internal sealed class RequestOrigin(RequestDelegate next, IOptions<AuthOptions> options)
{
    private readonly int _trustedHops = options.Value.TrustedHops;
    private readonly string _msisdnHeader = options.Value.MsisdnHeader;

    public async Task InvokeAsync(HttpContext context)
    {
        var caller = await context.AuthenticateAsync(AuthSchemes.Caller);

        // Only the gateway's hops are known; anybody else could have written the header.
        var isGateway = CallerIdentity.Of(caller.Principal)?.Is(Caller.Gateway) == true;
        context.SetAuditContext(new AuditContext
        {
            ClientAddress = isGateway ? ClientAddress.Of(context, _trustedHops) : ClientAddress.OfConnection(context),
            Msisdn = isGateway ? Msisdn.TryRead(context.Request.Headers[_msisdnHeader]) : null,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
        });
        await next(context);
    }
}
