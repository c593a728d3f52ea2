using System.Security.Claims;
using EnergyLoad.Auth.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Access;

/// <summary>How the calling service account is recognised: a Google ID token for this service, of an account that is configured.</summary>
internal sealed class CallerScheme(
    IOptions<AuthOptions> options, TimeProvider time, [FromKeyedServices(AuthSchemes.Caller)] CachingTokenHandler signed)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string EmailVerified = "email_verified";

    private static readonly string[] GoogleIssuers = ["https://accounts.google.com", "accounts.google.com"];

    private readonly (Caller Caller, CallerAccount Account)[] _known = [.. options.Value.Callers.Configured()];
    private readonly string _audience = options.Value.Callers.Audience;

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        if (name != AuthSchemes.Caller)
        {
            return;
        }

        bearer.TokenValidationParameters = TokenRules.For(
            GoogleIssuers, _known.Select(entry => AudienceOf(entry.Account)).Distinct(), time);
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new CallerTokenHandler(signed, options.Value.Callers.AcceptRemovedSignature));
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = Read,
            OnTokenValidated = Recognise,
            OnAuthenticationFailed = context => TokenFailure.NoteAsync(context, (refused, why) => refused.Caller = why),
        };
    }

    /// <summary>Exactly one Authorization header, its scheme in any case (Cloud Run lower-cases it for some tokens).</summary>
    private static Task Read(MessageReceivedContext context)
    {
        const string scheme = "Bearer ";
        var values = context.Request.Headers.Authorization;
        if (values.Count == 1 && values[0] is { } value && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            context.Token = value[scheme.Length..].Trim();
        }
        else
        {
            context.NoResult();
        }

        return Task.CompletedTask;
    }

    private Task Recognise(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        var signatureRemoved = CallerTokenHandler.IsUnsigned(token.EncodedToken);
        Caller[] callers =
        [
            .. from entry in _known
               where IsOf(token, entry.Account) && (!signatureRemoved || entry.Caller == Caller.Gateway)
               select entry.Caller,
        ];
        if (callers.Length > 0)
        {
            context.Principal = new ClaimsPrincipal(new CallerIdentity(callers));
            context.Success();
        }
        else
        {
            RefusedTokens.Of(context.HttpContext).Caller = signatureRemoved ? "signature removed" : "not an account of ours";
            context.Fail("not an account of ours");
        }

        return Task.CompletedTask;
    }

    private bool IsOf(JsonWebToken token, CallerAccount account) =>
        token.Audiences.Contains(AudienceOf(account)) && (IsSubject(token, account) || IsVerifiedEmail(token, account));

    private static bool IsSubject(JsonWebToken token, CallerAccount account) =>
        account.UniqueId.Length > 0 && string.Equals(token.Subject, account.UniqueId, StringComparison.Ordinal);

    private static bool IsVerifiedEmail(JsonWebToken token, CallerAccount account) =>
        account.Email.Length > 0
        && token.TryGetPayloadValue<bool>(EmailVerified, out var verified) && verified
        && token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Email, out var email)
        && string.Equals(email, account.Email, StringComparison.Ordinal);

    private string AudienceOf(CallerAccount account) => account.Audience.Length > 0 ? account.Audience : _audience;
}
