using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// The user's token as ESPv2 forwards it: whole in X-Forwarded-Authorization, and its verified middle segment in X-Endpoint-API-UserInfo.
/// ESPv2 does not remove the first when the client sent no Authorization, nor the second on routes without a JWT: only both, once each and
/// of one token, count.
/// </summary>
internal static class ForwardedToken
{
    private const string ForwardedAuthorization = "X-Forwarded-Authorization";
    private const string UserInfo = "X-Endpoint-API-UserInfo";
    private const string Scheme = "Bearer ";

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <returns>The token; or null and why there is none.</returns>
    public static (ReadOnlyMemory<char>? Token, string? Fault) Read(IHeaderDictionary headers)
    {
        if (headers[ForwardedAuthorization] is not { Count: > 0 } forwarded)
        {
            return (null, null);
        }

        if (Single(forwarded) is not { } value || !value.StartsWith(Scheme, StringComparison.Ordinal)
            || !TryFindClaims(value.AsSpan(Scheme.Length), out var claims))
        {
            return (null, "forwarded token is malformed");
        }

        return Single(headers[UserInfo]).AsSpan().TrimEnd('=').SequenceEqual(value.AsSpan(Scheme.Length)[claims])
            ? (value.AsMemory(Scheme.Length), null)
            : (null, "user info is not of the forwarded token");
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;

    /// <summary>Finds the middle of three segments, none of them empty, all of them base64url.</summary>
    private static bool TryFindClaims(ReadOnlySpan<char> token, out Range claims)
    {
        Span<Range> segments = stackalloc Range[4];
        var count = token.Split(segments, '.');
        claims = segments[1];
        return count == 3 && IsSegment(token[segments[0]]) && IsSegment(token[claims]) && IsSegment(token[segments[2]]);
    }

    private static bool IsSegment(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Base64Url);
}
