using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Replies;
using EnergyLoad.Local.Gateway.Requests;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Envoy's jwt_authn filter: every token found must be good, and the payload of a good one goes to the service.</summary>
internal sealed class TokenCheck(TokenProvider provider, SigningKeySource keys, TimeProvider timeProvider)
{
    private const string UserInfoHeader = "X-Endpoint-API-UserInfo";
    private const int RealmLimit = 256;
    private const long ClockSkewSeconds = 60;

    private readonly VerifiedTokens _verified = new();

    public GatewayReply? Refuse(HttpRequest request, RequestTarget target)
    {
        request.Headers.Remove(UserInfoHeader);
        var tokens = TokenSearch.Find(provider.Locations, request.Headers, target.Query);
        if (tokens.Count == 0)
        {
            return ToReply(TokenRefusal.Missing, request, target);
        }

        // The one found last is looked at first.
        for (var index = tokens.Count - 1; index >= 0; index--)
        {
            if (Verify(tokens[index], out var jwt) is { } refusal)
            {
                return ToReply(refusal, request, target);
            }

            request.Headers.Append(UserInfoHeader, jwt!.Payload);
        }

        return null;
    }

    private TokenRefusal? Verify(string token, out Jwt? jwt)
    {
        jwt = _verified.Find(token);
        var known = jwt is not null;
        if (!known && JwtParser.TryParse(token, out jwt) is { } malformed)
        {
            return malformed;
        }

        if (CheckClaims(jwt!.Claims) is { } refusal)
        {
            return refusal;
        }

        if (!known && CheckSignature(token, jwt) is { } unverified)
        {
            return unverified;
        }

        return null;
    }

    private TokenRefusal? CheckClaims(JwtClaims claims)
    {
        var now = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        return provider.Issuer.Length > 0 && provider.Issuer != claims.Issuer ? TokenRefusal.UnknownIssuer
            : now + ClockSkewSeconds < claims.NotBefore ? TokenRefusal.NotYetValid
            : claims.Expires != 0 && now > claims.Expires + ClockSkewSeconds ? TokenRefusal.Expired
            : !Audiences.Allow(provider.Audiences, claims.Audiences) ? TokenRefusal.WrongAudience
            : null;
    }

    private TokenRefusal? CheckSignature(string token, Jwt jwt)
    {
        if (keys.Current is not { } current)
        {
            return TokenRefusal.KeysUnavailable;
        }

        var refusal = current.Verify(jwt);
        if (refusal is null)
        {
            _verified.Add(token, jwt);
        }

        return refusal;
    }

    // The realm repeats the query, and so a key in it.
    private static GatewayReply ToReply(TokenRefusal refusal, HttpRequest request, RequestTarget target)
    {
        var path = target.PathAndQuery;
        var realm = $"Bearer realm=\"{request.Scheme}://{request.Host.Value}{(path.Length > RealmLimit ? path[..RealmLimit] : path)}\"";
        return new GatewayReply(refusal.Status, refusal.Message)
        {
            Challenge = refusal == TokenRefusal.Missing ? realm : realm + ", error=\"invalid_token\"",
        };
    }
}
