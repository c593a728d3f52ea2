namespace EnergyLoad.Local.Gateway.Requests;

/// <summary>Reads a query as Envoy does: split at each ampersand, the first of a name counts.</summary>
internal static class QueryParameters
{
    /// <summary>The parameter's value as it is written, not decoded; empty when it has none.</summary>
    /// <returns>Whether there is such a parameter.</returns>
    public static bool TryFind(ReadOnlySpan<char> query, ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        var rest = query is ['?', .. var after] ? after : query;
        foreach (var range in rest.Split('&'))
        {
            var pair = rest[range];
            var equals = pair.IndexOf('=');
            if ((equals < 0 ? pair : pair[..equals]).SequenceEqual(name))
            {
                value = equals < 0 ? [] : pair[(equals + 1)..];
                return true;
            }
        }

        value = [];
        return false;
    }
}
