namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Compares audiences without their scheme and without one trailing slash.</summary>
internal static class Audiences
{
    public static bool Allow(IReadOnlyList<string> allowed, IReadOnlyList<string> named) =>
        named.Any(name => allowed.Any(audience => Bare(audience).SequenceEqual(Bare(name))));

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> audience)
    {
        audience = audience.StartsWith("https://", StringComparison.Ordinal) ? audience[8..]
            : audience.StartsWith("http://", StringComparison.Ordinal) ? audience[7..]
            : audience;
        return audience is [.., '/'] ? audience[..^1] : audience;
    }
}
