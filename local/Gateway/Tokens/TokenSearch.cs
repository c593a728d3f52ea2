using System.Buffers;
using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Requests;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Collects every token of a request, as Envoy's extractor does.</summary>
internal static class TokenSearch
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static List<string> Find(IReadOnlyList<TokenLocation> locations, IHeaderDictionary headers, string query)
    {
        var tokens = new List<string>(1);
        foreach (var location in locations)
        {
            if (location.Header is { } header)
            {
                FindInHeader(tokens, headers[header], location);
            }
            else if (QueryParameters.TryFind(query, location.Query, out var value))
            {
                tokens.Add(Uri.UnescapeDataString(value));
            }
        }

        return tokens;
    }

    private static void FindInHeader(List<string> tokens, StringValues values, TokenLocation location)
    {
        // Envoy joins repeated Authorization headers into one; every other header keeps its values apart.
        var joins = values.Count > 1 && location.Header!.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase);
        foreach (var value in joins ? new StringValues(string.Join(',', values!)) : values)
        {
            if (value is not null && After(value, location.Prefix) is { } token)
            {
                tokens.Add(token);
            }
        }
    }

    /// <summary>What follows the prefix, wherever it stands, from the first character that a token may have; null without it.</summary>
    private static string? After(string value, string prefix)
    {
        if (prefix.Length == 0)
        {
            return value;
        }

        var found = value.IndexOf(prefix, StringComparison.Ordinal);
        if (found < 0)
        {
            return null;
        }

        var rest = value.AsSpan(found + prefix.Length);
        var start = rest.IndexOfAny(TokenCharacters);
        return start < 0 ? value : rest[start..].ToString();
    }
}
