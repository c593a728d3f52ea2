using System.Runtime.CompilerServices;
using EnergyLoad.Auth.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// How the calling service account is recognised: a Google ID token for this service in <c>Authorization</c>, of an account that is
/// configured.
/// </summary>
internal sealed class CallerTokens : IDisposable
{
    private const string Scheme = "Bearer ";
    private const string Marker = ".SIGNATURE_REMOVED_BY_GOOGLE";
    private const string EmailVerified = "email_verified";

    private static readonly string[] GoogleIssuers = ["https://accounts.google.com", "accounts.google.com"];

    private readonly (Caller Caller, CallerAccount Account)[] _accounts;
    private readonly string _audience;
    private readonly bool _acceptsRemovedSignature;
    private readonly TokenVerifier _verifier;
    private readonly ConditionalWeakTable<JsonWebToken, CallerIdentity> _recognised = [];

    public CallerTokens(IOptions<AuthOptions> options, TimeProvider time, ILogger<KeySet> logger)
    {
        var callers = options.Value.Callers;
        (_accounts, _audience, _acceptsRemovedSignature) = ([.. callers.Configured()], callers.Audience, callers.AcceptRemovedSignature);
        var audiences = _accounts.Select(entry => AudienceOf(entry.Account)).Distinct();
        _verifier = new TokenVerifier(new Uri(callers.JwksUrl), TokenRules.For(GoogleIssuers, audiences, time), time, logger);
    }

    /// <returns>Null when nobody whom we know has called; why is noted for the audit log.</returns>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">Google's keys cannot be had.</exception>
    public async ValueTask<CallerIdentity?> RecogniseAsync(HttpContext context)
    {
        if (TokenOf(context.Request) is not { } token)
        {
            return null;
        }

        var isUnsigned = token.Span.EndsWith(Marker, StringComparison.Ordinal);
        var verdict = isUnsigned ? await VerifyUnsignedAsync(token) : await _verifier.VerifyAsync(token);
        if (verdict is TokenVerdict.Holds { Token: var held })
        {
            var identity = isUnsigned ? IdentityOf(held, [Caller.Gateway]) : _recognised.GetValue(held, IdentityOf);
            if (identity.IsKnown)
            {
                return identity;
            }
        }

        RefusedTokens.Of(context).Caller = verdict is TokenVerdict.Refused { Why: var why } ? why
            : isUnsigned ? "signature removed"
            : "not an account of ours";
        return null;
    }

    public void Dispose() => _verifier.Dispose();

    /// <summary>Exactly one Authorization header, its scheme in any case (Cloud Run lower-cases it for some tokens).</summary>
    private static ReadOnlyMemory<char>? TokenOf(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        return values.Count == 1 && values[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.AsMemory(Scheme.Length).Trim()
            : null;
    }

    /// <summary>
    /// Where Cloud Run has checked and removed the signature, and the installation says that nothing reaches the container around that
    /// check, the claims alone are read; such a token stands for the gateway alone.
    /// </summary>
    private async ValueTask<TokenVerdict> VerifyUnsignedAsync(ReadOnlyMemory<char> token) => _acceptsRemovedSignature
        ? await _verifier.VerifyClaimsAsync(token.ToString())
        : new TokenVerdict.Refused("signature removed");

    private CallerIdentity IdentityOf(JsonWebToken token) => IdentityOf(token, Enum.GetValues<Caller>());

    private CallerIdentity IdentityOf(JsonWebToken token, Caller[] possible) => new(
        [.. from entry in _accounts where possible.Contains(entry.Caller) && IsOf(token, entry.Account) select entry.Caller]);

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
