using System.Runtime.CompilerServices;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Access;

/// <summary>How the user is recognised: an EDM token, forwarded by the gateway, verified here again, and fresh.</summary>
internal sealed class UserTokens(IOptions<AuthOptions> options, TimeProvider time, FreshnessReader freshness, ILogger<KeySet> logger)
    : IDisposable
{
    private readonly TokenVerifier _verifier = new(
        new Uri(options.Value.KeySetUrl), TokenRules.For([options.Value.Issuer], [options.Value.Audience], time), time, logger);

    // By the verified token, which is remembered until it expires; never in place of a read.
    private readonly ConditionalWeakTable<JsonWebToken, RememberedToken> _remembered = [];

    /// <summary>Call it for requests of the gateway alone: anybody else could have written the headers.</summary>
    /// <returns>Null when no user is behind the request; why is noted for the audit log.</returns>
    /// <exception cref="UnavailableException">The issuer's keys or the user's standing cannot be read.</exception>
    public async ValueTask<UserPrincipal?> RecogniseAsync(HttpContext context, CallerIdentity caller)
    {
        var (token, fault) = ForwardedToken.Read(context.Request.Headers);
        if (token is null)
        {
            return fault is null ? null : Refuse(context, userId: null, fault);
        }

        return await _verifier.VerifyAsync(token.Value) switch
        {
            TokenVerdict.Refused refused => Refuse(context, userId: null, refused.Why),
            TokenVerdict.Holds { Token: var held } => await RecogniseAsync(context, caller, _remembered.GetValue(held, RememberedOf)),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    public void Dispose() => _verifier.Dispose();

    private async ValueTask<UserPrincipal?> RecogniseAsync(HttpContext context, CallerIdentity caller, RememberedToken remembered)
    {
        if (remembered.Form is not { } form)
        {
            return Refuse(context, userId: null, "claims are missing");
        }

        var endpoint = context.GetEndpoint();
        var assumed = AssumedOf(form, remembered, endpoint);
        var standing = assumed ?? (remembered.Last = await freshness.ReadAsync(form.Claims, context.RequestAborted));
        if (standing.FaultOf(form.Claims) is { } fault)
        {
            return Refuse(context, form.Claims.UserId, fault);
        }

        context.SetAuditContext(context.GetAuditContext() with { ActorUserId = form.Claims.UserId });
        LogSubject.IsUser(form.Claims.UserId);
        return new UserPrincipal(caller, form.SessionOf(standing), new StandingCheck(freshness, form, remembered, endpoint, assumed));
    }

    private static RememberedToken RememberedOf(JsonWebToken token) => new(
        SessionClaims.Read(token) is { } claims ? new SessionForm(claims, new DateTimeOffset(token.ValidTo, TimeSpan.Zero)) : null);

    /// <returns>What a handler may begin its work on; null where it is read at the door: nobody is refused by what is remembered.</returns>
    private static Standing? AssumedOf(SessionForm form, RememberedToken remembered, Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OwnStandingCheck.Mark>() is not null && remembered.Last is { } last && form.RefusalOf(last, endpoint) is null
            ? last
            : null;

    private static UserPrincipal? Refuse(HttpContext context, string? userId, string why)
    {
        var refused = RefusedTokens.Of(context);
        (refused.User, refused.UserId) = (why, userId);
        LogSubject.IsUser(userId);
        return null;
    }
}
