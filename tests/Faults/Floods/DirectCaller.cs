using System.Net.Http.Headers;
using System.Net.Http.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Floods;

/// <summary>
/// Requests at send-api's own port as the gateway makes them, from clients at any address: only so can many come from one machine.
/// </summary>
internal sealed class DirectCaller(Uri service, string idToken)
{
    // Where the send gateway's metadata server stands beside the stand-in.
    private const int SendGatewayMetadata = 4;

    public static async Task<DirectCaller> ToSendApiAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        var address = new UriBuilder(stack.Google)
        {
            Port = stack.Google.Port + SendGatewayMetadata,
            Path = "/computeMetadata/v1/instance/service-accounts/default/identity",
            Query = $"audience={Uri.EscapeDataString(stack.Audiences["sendApi"])}&format=standard",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.Add("Metadata-Flavor", "Google");
        using var answer = await http.SendAsync(request);
        return new DirectCaller(stack.SendApi[0], await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> LoginAsync(HttpClient http, string username, string password, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, "/login")) { Content = JsonContent.Create(new { username, password }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", idToken);
        request.Headers.Add("X-Forwarded-For", $"{address}, 127.0.0.1");
        return await http.SendAsync(request);
    }

    /// <summary>One of sixteen million addresses.</summary>
    public static string Address(int number) => $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}";
}
