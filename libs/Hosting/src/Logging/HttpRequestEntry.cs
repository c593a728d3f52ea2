using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Hosting;

/// <summary>
/// A request as Cloud Logging shows it (https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#httprequest). The query is
/// left out, since it can hold a key; the client's address too, since what a log has taken cannot be erased from it.
/// </summary>
internal sealed class HttpRequestEntry(HttpContext context, string? path, TimeSpan latency)
{
    private const int LongestPath = 300;
    private const int LongestAgent = 200;

    // Whatever was asked for where there is nothing may hold anything.
    private const string NoSuchRoute = "/(no such route)";

    private readonly string _path = path is null ? NoSuchRoute : Start(path, LongestPath);
    private readonly int _status = context.Response.StatusCode;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("requestMethod", context.Request.Method);
        json.WriteString("requestUrl", _path);
        json.WriteNumber("status", _status);
        json.WriteString("latency", string.Create(CultureInfo.InvariantCulture, $"{latency.TotalSeconds:0.000}s"));
        json.WriteString("protocol", context.Request.Protocol);
        WriteSize(json, "requestSize", context.Request.ContentLength);
        WriteSize(json, "responseSize", context.Response.ContentLength);
        if (context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent)
        {
            json.WriteString("userAgent", Plain(Start(agent, LongestAgent)));
        }

        json.WriteEndObject();
    }

    public override string ToString() => $"{context.Request.Method} {_path} {_status}";

    // An int64, which JSON of Google's APIs writes as text.
    private static void WriteSize(Utf8JsonWriter json, string name, long? bytes)
    {
        if (bytes is { } known)
        {
            json.WriteString(name, known.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Start(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most)}…";

    private static string Plain(string text) =>
        string.Create(text.Length, text, (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                plain[i] = from[i] is >= ' ' and <= '~' or '…' ? from[i] : '?';
            }
        });
}
