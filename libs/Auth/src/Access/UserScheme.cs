using System.Runtime.CompilerServices;
using System.Security.Claims;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Access;

/// <summary>How the user is recognised: an EDM token, forwarded by the gateway, verified here again, and fresh.</summary>
internal sealed class UserScheme(
    IOptions<AuthOptions> options,
    TimeProvider time,
    [FromKeyedServices(AuthSchemes.User)] CachingTokenHandler signed,
    FreshnessReader freshness)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    // By the verified token, which is remembered until it expires; never in place of a read.
    private readonly ConditionalWeakTable<JsonWebToken, RememberedStanding> _remembered = [];

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        if (name != AuthSchemes.User)
        {
            return;
        }

        bearer.TokenValidationParameters = TokenRules.For([options.Value.Issuer], [options.Value.Audience], time);
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(signed);
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = ReadAsync,
            OnTokenValidated = CheckFreshnessAsync,
            OnAuthenticationFailed = context => TokenFailure.NoteAsync(context, (refused, why) => refused.User = why),
        };
    }

    private static async Task ReadAsync(MessageReceivedContext context)
    {
        var caller = CallerIdentity.Of((await context.HttpContext.AuthenticateAsync(AuthSchemes.Caller)).Principal);
        if (caller?.Is(Caller.Gateway) != true)
        {
            context.NoResult();
            return;
        }

        var (token, fault) = ForwardedToken.Read(context.Request.Headers);
        RefusedTokens.Of(context.HttpContext).User = fault;
        if (token is null)
        {
            context.NoResult();
        }

        context.Token = token;
    }

    private async Task CheckFreshnessAsync(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (SessionClaims.Read(token) is not { } claims)
        {
            Refuse(context, null, "claims are missing");
            return;
        }

        var endpoint = context.HttpContext.GetEndpoint();
        var form = new SessionForm(claims, new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
        var remembered = _remembered.GetOrCreateValue(token);
        var assumed = AssumedOf(form, remembered, endpoint);
        var standing = assumed ?? (remembered.Last = await freshness.ReadAsync(claims, context.HttpContext.RequestAborted));
        if (standing.FaultOf(claims) is { } fault)
        {
            Refuse(context, claims.UserId, fault);
            return;
        }

        Accept(context, form.SessionOf(standing), new StandingCheck(freshness, form, remembered, endpoint, assumed));
    }

    /// <returns>What a handler may begin its work on; null where it is read at the door: nobody is refused by what is remembered.</returns>
    private static Standing? AssumedOf(SessionForm form, RememberedStanding remembered, Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<OwnStandingCheck.Mark>() is not null && remembered.Last is { } last && form.RefusalOf(last, endpoint) is null
            ? last
            : null;

    private static void Accept(TokenValidatedContext context, Session session, StandingCheck check)
    {
        context.HttpContext.SetAuditContext(context.HttpContext.GetAuditContext() with { ActorUserId = session.User.UserId });
        LogSubject.IsUser(session.User.UserId);
        context.Principal = new ClaimsPrincipal(new SessionIdentity(session, check));
        context.Success();
    }

    private static void Refuse(TokenValidatedContext context, string? userId, string why)
    {
        var refused = RefusedTokens.Of(context.HttpContext);
        (refused.User, refused.UserId) = (why, userId);
        LogSubject.IsUser(userId);
        context.Fail(why);
    }
}
