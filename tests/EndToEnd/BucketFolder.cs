using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>A folder in the buckets of a stack, as an internal system fills it.</summary>
internal sealed class BucketFolder(HttpClient storage)
{
    // The metadata server of send-api's account listens two ports above the stand-in.
    private const int MetadataPort = 2;

    public string Name { get; } = $"{Guid.NewGuid():n}"[..12];

    public static async Task<BucketFolder> OpenAsync(Uri google)
    {
        using var metadata = new HttpClient { BaseAddress = new UriBuilder(google) { Port = google.Port + MetadataPort }.Uri };
        metadata.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var token = await metadata.GetFromJsonAsync<JsonElement>("/computeMetadata/v1/instance/service-accounts/default/token");
        var storage = new HttpClient { BaseAddress = google };
        storage.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", token.GetProperty("access_token").GetString());
        return new BucketFolder(storage);
    }

    public async Task PutAsync(string name, string content)
    {
        using var body = new StringContent(content, Encoding.UTF8, "application/json");
        var address = $"/upload/storage/v1/b/energyload-source/o?uploadType=media&name={Uri.EscapeDataString($"{Name}/{name}")}";
        using var answer = await storage.PostAsync(new Uri(address, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The names in a bucket, without the folder.</summary>
    /// <param name="bucket">source, success or error.</param>
    /// <param name="before">What stands before the folder's name.</param>
    public async Task<IReadOnlyList<string>> NamesAsync(string bucket, string before = "")
    {
        var prefix = $"{before}{Name}/";
        var list = await storage.GetFromJsonAsync<JsonElement>(
            new Uri($"/storage/v1/b/energyload-{bucket}/o?prefix={Uri.EscapeDataString(prefix)}", UriKind.Relative));
        return list.TryGetProperty("items", out var items)
            ? [.. items.EnumerateArray().Select(item => item.GetProperty("name").GetString()![prefix.Length..])]
            : [];
    }
}
