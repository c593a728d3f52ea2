using System.Net.Http.Headers;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>Requests as a gateway makes them, straight to a service's port: the caller's ID token, the user's token, the address.</summary>
internal sealed class Direct(Uri service, string idToken, string? userToken)
{
    // Where the stack's metadata servers stand beside the stand-in: send-api's, receive-api's, the send gateway's, the receive gateway's.
    private const int SendGatewayMetadata = 4;
    private const int ReceiveGatewayMetadata = 5;

    private readonly AuthenticationHeaderValue _idToken = new("Bearer", idToken);
    private readonly string? _userInfo = userToken?.Split('.')[1];

    public static Task<Direct> ToSendApiAsync(StackDescription stack, string? user) =>
        MakeAsync(stack, stack.SendApi[0], stack.SendGateway, SendGatewayMetadata, stack.Audiences["sendApi"], user);

    public static Task<Direct> ToReceiveApiAsync(StackDescription stack, string? user) =>
        MakeAsync(stack, stack.ReceiveApi[0], stack.ReceiveGateway, ReceiveGatewayMetadata, stack.Audiences["receiveApi"], user);

    public HttpRequestMessage Get(string path) => Make(HttpMethod.Get, path);

    public HttpRequestMessage Post(string path, HttpContent content)
    {
        var request = Make(HttpMethod.Post, path);
        request.Content = content;
        return request;
    }

    private HttpRequestMessage Make(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(service, path));
        request.Headers.Authorization = _idToken;
        request.Headers.Add("X-Forwarded-For", "203.0.113.7, 127.0.0.1");
        if (userToken is not null)
        {
            request.Headers.Add("X-Forwarded-Authorization", $"Bearer {userToken}");
            request.Headers.Add("X-Endpoint-API-UserInfo", _userInfo);
        }

        return request;
    }

    private static async Task<Direct> MakeAsync(
        StackDescription stack, Uri service, Uri gateway, int metadata, string audience, string? user)
    {
        using var http = new HttpClient();
        var address = new UriBuilder(stack.Google)
        {
            Port = stack.Google.Port + metadata,
            Path = "/computeMetadata/v1/instance/service-accounts/default/identity",
            Query = $"audience={Uri.EscapeDataString(audience)}&format=standard",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.Add("Metadata-Flavor", "Google");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var idToken = await answer.Content.ReadAsStringAsync();
        if (user is null)
        {
            return new Direct(service, idToken, null);
        }

        using var client = await GatewayUser.LoginAsync(gateway, stack.ApiKeys["internal"], stack.Users[user]);
        return new Direct(service, idToken, client.Token);
    }
}
