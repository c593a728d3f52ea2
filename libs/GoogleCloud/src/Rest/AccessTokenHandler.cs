using System.Net;
using System.Net.Http.Headers;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>Signs each request with an access token; one that is refused is renewed once.</summary>
internal sealed class AccessTokenHandler : DelegatingHandler
{
    private readonly ApplicationCredential _credential;

    public AccessTokenHandler(ApplicationCredential credential)
    {
        _credential = credential;
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await SignAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        await _credential.RenewAccessTokenAsync(token, cancellationToken);
        await SignAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string> SignAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var token = await _credential.GetAccessTokenAsync(ct);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }
}
