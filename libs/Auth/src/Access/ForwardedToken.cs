using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// The user's token as ESPv2 forwards it: whole in X-Forwarded-Authorization, and its verified middle segment in X-Endpoint-API-UserInfo.
/// ESPv2 does not remove the first when the client sent no Authorization, nor the second on routes without a JWT: only both, once each and
/// of one token, count.
/// </summary>
internal static partial class ForwardedToken
{
    private const string ForwardedAuthorization = "X-Forwarded-Authorization";
    private const string UserInfo = "X-Endpoint-API-UserInfo";

    /// <returns>The token; or null and why there is none.</returns>
    public static (string? Token, string? Fault) Read(IHeaderDictionary headers)
    {
        if (headers[ForwardedAuthorization] is not { Count: > 0 } forwarded)
        {
            return (null, null);
        }

        if (Single(forwarded) is not { } value || BearerToken().Match(value) is not { Success: true } token)
        {
            return (null, "forwarded token is malformed");
        }

        return string.Equals(Single(headers[UserInfo])?.TrimEnd('='), token.Groups["claims"].Value, StringComparison.Ordinal)
            ? (token.Groups["token"].Value, null)
            : (null, "user info is not of the forwarded token");
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;

    // No segment can hold a dot, so that there is one way to match and nothing to go back for.
    [GeneratedRegex(@"^Bearer (?<token>[A-Za-z0-9_-]+\.(?<claims>[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex BearerToken();
}
