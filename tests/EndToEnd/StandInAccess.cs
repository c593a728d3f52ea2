using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>What a process of the pair may do at the Google stand-in, the tests may too.</summary>
internal static class StandInAccess
{
    private const string Path = "/computeMetadata/v1/instance/service-accounts/default/token";

    /// <summary>Puts an object into a bucket.</summary>
    public static async Task StoreAsync(StackDescription stack, string bucket, string name, string content)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(stack));
        var upload = new Uri(stack.Google, $"/upload/storage/v1/b/{bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}");
        using var answer = await http.PostAsync(upload, new StringContent(content));
        answer.EnsureSuccessStatusCode();
    }

    public static async Task<string> TokenAsync(StackDescription stack)
    {
        // The first of the metadata servers, which answer two ports above the stand-in and on.
        var metadata = new UriBuilder(stack.Google) { Port = stack.Google.Port + 2, Path = Path };
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        return (await http.GetFromJsonAsync<JsonElement>(metadata.Uri)).GetProperty("access_token").GetString()!;
    }
}
