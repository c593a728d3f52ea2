using System.Net.Http.Headers;
using EnergyLoad.EndToEnd.Tests.Contract;

namespace EnergyLoad.EndToEnd.Tests.Fuzz;

/// <summary>Requests to the operations of one file, each made of a random number generator alone: a seed makes it again.</summary>
internal sealed class OddRequests(Uri gateway, IReadOnlyList<PublicOperation> operations, string apiKey, IReadOnlyList<string> tokens)
{
    private static readonly string[] Values =
    [
        "x", "", "0", "-1", "999999999999999999999", "%", "%zz", "%00", "%ff%fe", "%2F..%2F", "%F0%9F%94%8C", "a%20b", "a+b", "null", "true",
        "2022-10-01T00:00:00Z", "2022-13-45T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "%27%3B--", "%22", "[]", "*",
        "1e9", "AAAAAAAAAAAAAAAAAAAAAA", "%C0%AE",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=utf-16", "application/x-ndjson", "text/plain", "application/problem+json", "a/b",
        "multipart/form-data",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("X-Forwarded-For", "203.0.113.9, nonsense, ::1"), ("X-Forwarded-For", new string('1', 5_000)),
        ("X-Forwarded-Authorization", "Bearer a.b.c"), ("X-Endpoint-API-UserInfo", "e30"), ("X-Endpoint-API-UserInfo", "****"),
        ("X-Endpoint-API-Consumer-Number", "-1"), ("Accept", "a/b;q=x, */*"), ("Accept", "application/json"),
        ("traceparent", "00-zz-zz-zz"), ("X-Cloud-Trace-Context", "////"), ("X-MSISDN", "\u00ff\u00fe"), ("X-MSISDN", "+352 621"),
        ("Cookie", "a=b; a=c"), ("Range", "bytes=5-1"), ("If-Match", "\"x\""), ("Expect", "100-continue"), ("User-Agent", "\u00e9"),
        ("X-Request-Id", "' OR 1=1"), ("Accept-Encoding", "br;q=2"),
        ("Connection", "X-Forwarded-Authorization"), ("X-HTTP-Method", "DELETE"),
    ];

    private static readonly string[] Overrides = ["GET", "DELETE", "PUT", "get", "TRACE", "\u00ff"];
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>A request, and the operation whose answers are allowed; null when only the gateway can say what it is.</summary>
    public (HttpRequestMessage Request, PublicOperation? Operation) Next(Random random)
    {
        var operation = operations[random.Next(operations.Count)];
        var (path, isPlain) = PathOf(random, operation);
        var request = new HttpRequestMessage(operation.Method, new Uri(gateway.GetLeftPart(UriPartial.Authority) + path, AsWritten));
        AddCredentials(random, request);
        foreach (var (name, value) in Enumerable.Range(0, random.Next(3)).Select(_ => Headers[random.Next(Headers.Length)]))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (operation.Body is not null || random.Next(10) == 0)
        {
            AddBody(random, request, operation.Body is null ? operations.First(other => other.Body is not null) : operation);
        }

        if (random.Next(30) == 0)
        {
            request.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", Overrides[random.Next(Overrides.Length)]);
            isPlain = false;
        }

        return (request, isPlain ? operation : null);
    }

    private static (string Path, bool IsPlain) PathOf(Random random, PublicOperation operation)
    {
        var value = random.Next(4) switch
        {
            0 => Values[random.Next(Values.Length)],
            1 => new string('x', random.Next(3_000)),
            _ => $"{Guid.CreateVersion7()}",
        };
        var isPlain = value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        var path = string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? value : part));
        isPlain |= path == operation.Path;
        if (random.Next(15) == 0)
        {
            path = Bent(random, path);
            isPlain = false;
        }

        return (path + QueryOf(random, operation), isPlain);
    }

    private static string Bent(Random random, string path) => random.Next(8) switch
    {
        0 => path + "/",
        1 => path + "//",
        2 => path.ToUpperInvariant(),
        3 => path.Replace("/", "//", StringComparison.Ordinal),
        4 => "/.." + path,
        5 => path + "/%2e%2e/x",
        6 => path.Replace('e', '\0').Replace("\0", "%65", StringComparison.Ordinal),
        _ => path + ";a=b",
    };

    private static string QueryOf(Random random, PublicOperation operation)
    {
        var known = operation.Parameters.Where(parameter => parameter.In == "query").Select(parameter => parameter.Name);
        string[] names = [.. known, "unknown"];
        var parts = Enumerable.Range(0, random.Next(4))
            .Select(_ => $"{names[random.Next(names.Length)]}={Values[random.Next(Values.Length)]}").ToList();
        if (random.Next(50) == 0)
        {
            parts.Add($"unknown={new string('q', 4_000)}");
        }

        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    private static void AddBody(Random random, HttpRequestMessage request, PublicOperation operation)
    {
        var body = OddBodies.Next(random, operation);
        var encoding = random.Next(12) switch { 0 => "gzip", 1 => "br", 2 => "x-none", _ => null };
        request.Content = new ByteArrayContent(encoding == "gzip" ? OddBodies.Compressed(random, body) : body);
        var mediaType = random.Next(4) == 0 ? MediaTypes[random.Next(MediaTypes.Length)] : MediaTypes[0];
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        request.Headers.TransferEncodingChunked = random.Next(5) == 0 ? true : null;
        if (encoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }
    }

    private void AddCredentials(Random random, HttpRequestMessage request)
    {
        if (random.Next(20) > 0)
        {
            request.Headers.Add("x-api-key", random.Next(20) > 0 ? apiKey : "\u00e9");
        }

        if (random.Next(20) > 0)
        {
            var token = tokens[random.Next(tokens.Count)];
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", random.Next(15) > 0 ? token : Broken(random, token));
        }
    }

    private static string Broken(Random random, string token)
    {
        var parts = token.Split('.');
        return random.Next(5) switch
        {
            0 => token[..^5],
            1 => token + "=",
            2 => $"{parts[0]}.{parts[1]}.",
            3 => $"eyJhbGciOiJub25lIn0.{parts[1]}.",
            _ => "..",
        };
    }
}
