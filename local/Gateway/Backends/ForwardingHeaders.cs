using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>What the two hops in front of the service write about a request: addresses, ids, traces.</summary>
internal static class ForwardingHeaders
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string RequestId = "X-Request-Id";
    private const string TraceParent = "traceparent";
    private const string CloudTrace = "X-Cloud-Trace-Context";

    public static void Apply(HttpContext context)
    {
        var headers = context.Request.Headers;
        var connection = context.Connection;
        // Google's front end appends on both hops: the client before the gateway, the gateway before the service.
        var hops = $"{connection.RemoteIpAddress},{connection.LocalIpAddress}";
        headers[ForwardedFor] = headers[ForwardedFor] is { Count: > 0 } before ? $"{string.Join(',', before!)},{hops}" : hops;
        AddIfAbsent(headers, ForwardedProto, context.Request.Scheme);
        AddIfAbsent(headers, RequestId, context.TraceIdentifier, static _ => Guid.NewGuid().ToString());
        StartSpan(headers);
    }

    private static void AddIfAbsent(IHeaderDictionary headers, string name, string value, Func<string, string>? make = null)
    {
        if (StringValues.IsNullOrEmpty(headers[name]))
        {
            headers[name] = make is null ? value : make(value);
        }
    }

    /// <summary>Goes on with the client's trace under a new span, or starts one; both headers say the same.</summary>
    private static void StartSpan(IHeaderDictionary headers)
    {
        var (trace, sampled) = TraceOf(headers);
        var span = ActivitySpanId.CreateRandom().ToHexString();
        headers[TraceParent] = $"00-{trace}-{span}-{(sampled ? "01" : "00")}";
        var number = ulong.Parse(span, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        headers[CloudTrace] = string.Create(CultureInfo.InvariantCulture, $"{trace}/{number};o={(sampled ? 1 : 0)}");
    }

    private static (string Trace, bool Sampled) TraceOf(IHeaderDictionary headers)
    {
        if (ActivityContext.TryParse(headers[TraceParent], null, out var parent))
        {
            return (parent.TraceId.ToHexString(), parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        if (headers[CloudTrace] is [{ } cloud] && StartsWithTraceId(cloud))
        {
#pragma warning disable CA1308 // Trace ids are lower case by W3C Trace Context.
            return (cloud[..32].ToLowerInvariant(), cloud.EndsWith(";o=1", StringComparison.Ordinal));
#pragma warning restore CA1308
        }

        return (ActivityTraceId.CreateRandom().ToHexString(), false);
    }

    private static bool StartsWithTraceId(string text) =>
        text.Length >= 32 && text[..32].All(char.IsAsciiHexDigit) && (text.Length == 32 || text[32] is '/' or ';');
}
