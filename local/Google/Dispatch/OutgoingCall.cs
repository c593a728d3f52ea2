namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>One request that Google makes of a service. It can be made several times.</summary>
internal sealed record OutgoingCall(
    HttpMethod Method, Uri Url, IReadOnlyDictionary<string, string> Headers, byte[]? Body, TimeSpan Deadline)
{
    public HttpRequestMessage ToRequest(Uri address)
    {
        var request = new HttpRequestMessage(Method, address);

        // The service sees the name that it was called by, whichever instance the balancer chose.
        request.Headers.Host = Url.Authority;
        request.Content = Body is null ? null : new ByteArrayContent(Body);
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
