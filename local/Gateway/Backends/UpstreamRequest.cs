using System.Net;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Makes the request to the service out of the client's.</summary>
internal static class UpstreamRequest
{
    public static HttpRequestMessage Make(HttpRequest request, Uri address, string host, RequestBody? body)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            // Even an empty body: without one .NET's handler repeats a request up to three times by itself when the connection is cut.
            Content = body is not null ? new RequestBodyContent(body) : new ByteArrayContent([]),
        };
        foreach (var (name, values) in request.Headers)
        {
            if (!HopHeaders.StopInRequest(name) && !message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        message.Headers.Host = host;
        return message;
    }
}
