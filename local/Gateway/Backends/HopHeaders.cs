using System.Collections.Frozen;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Headers that end at a hop (RFC 9110, section 7.6.1) or that Envoy keeps to itself.</summary>
internal static class HopHeaders
{
    private static readonly FrozenSet<string> Hop = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "Host",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // These two Envoy lets through from a client.
    private static readonly FrozenSet<string> Passed =
        new[] { "x-envoy-original-path", "x-envoy-external-address" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool StopInRequest(string name) => Hop.Contains(name) || (IsEnvoys(name) && !Passed.Contains(name));

    public static bool StopInResponse(string name) => Hop.Contains(name) || IsEnvoys(name);

    private static bool IsEnvoys(string name) => name.StartsWith("x-envoy-", StringComparison.OrdinalIgnoreCase);
}
