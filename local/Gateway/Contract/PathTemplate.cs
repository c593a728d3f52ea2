namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>A path whose segments are literal or, in braces, any one segment; it also matches with one slash more at its end.</summary>
internal sealed class PathTemplate : IComparable<PathTemplate>
{
    private readonly string?[] _segments;

    private PathTemplate(string text, string?[] segments) => (Text, _segments) = (text, segments);

    public string Text { get; }

    public static PathTemplate Parse(string text)
    {
        if (text == "/")
        {
            return new PathTemplate(text, []);
        }

        var segments = text.Split('/');
        if (segments[0].Length > 0 || segments.Skip(1).Any(segment => segment.Length == 0))
        {
            throw new ContractException($"ESPv2 refuses the path {text}: it has an empty segment or ends in a slash.");
        }

        return new PathTemplate(text, [.. segments.Skip(1).Select(segment => ToSegment(text, segment))]);
    }

    public bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var segment in _segments)
        {
            if (path is not ['/', ..])
            {
                return false;
            }

            path = path[1..];
            var end = path.IndexOf('/');
            var part = end < 0 ? path : path[..end];
            if (segment is null ? part.IsEmpty : !part.SequenceEqual(segment))
            {
                return false;
            }

            path = path[part.Length..];
        }

        return path is [] or ['/'];
    }

    /// <summary>ESPv2's order: a prefix before what it begins, a literal before a variable, literals by their bytes.</summary>
    public int CompareTo(PathTemplate? other)
    {
        var others = other?._segments ?? [];
        for (var index = 0; index < Math.Min(_segments.Length, others.Length); index++)
        {
            var (mine, theirs) = (_segments[index], others[index]);
            var order = (mine is null).CompareTo(theirs is null);
            order = order != 0 ? order : string.CompareOrdinal(mine, theirs);
            if (order != 0)
            {
                return order;
            }
        }

        return _segments.Length.CompareTo(others.Length);
    }

    private static string? ToSegment(string template, string segment) => segment switch
    {
        ['{', _, .., '}'] => null,
        _ when segment.AsSpan().ContainsAny("{}*:") =>
            throw new ContractException($"The path {template} is of a kind that is not supported."),
        _ => segment,
    };
}
