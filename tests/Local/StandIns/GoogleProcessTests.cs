using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.Local.Tests.Google;

namespace EnergyLoad.Local.Tests.StandIns;

public sealed class GoogleProcessTests
{
    private const string Pull = $"/v1/{GoogleWorld.Project}/subscriptions/reader:pull";

    [Fact]
    public async Task Says_ready_and_nothing_else_and_stops_cleanly()
    {
        await using var process = await StartAsync(FreePort.Find());

        var (code, lines) = await process.StopAsync();

        Assert.Equal(0, code);
        Assert.Equal(["ready"], lines);
    }

    [Fact]
    public async Task Published_messages_and_objects_outlive_a_kill_and_tokens_stay_valid()
    {
        var metadataPort = FreePort.Find();
        await using var process = await StartAsync(metadataPort);
        using var http = new HttpClient { BaseAddress = process.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(metadataPort));
        (await http.PostAsJsonAsync($"/v1/{GoogleWorld.Topic}:publish", new { messages = new[] { new { data = "a2VwdA==" } } }))
            .EnsureSuccessStatusCode();
        using var content = new StringContent("kept");
        (await http.PostAsync(new Uri("/upload/storage/v1/b/kept-things/o?uploadType=media&name=a/b", UriKind.Relative), content))
            .EnsureSuccessStatusCode();

        await process.KillAndStartAsync();

        var pulled = await (await http.PostAsJsonAsync(Pull, new { maxMessages = 5 })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("a2VwdA==", pulled.GetProperty("receivedMessages")[0].GetProperty("message").GetProperty("data").GetString());
        Assert.Equal("kept", await http.GetStringAsync(new Uri("/storage/v1/b/kept-things/o/a%2Fb?alt=media", UriKind.Relative)));
    }

    [Fact]
    public async Task Its_files_are_its_owner_s_alone()
    {
        var metadataPort = FreePort.Find();
        await using var process = await StartAsync(metadataPort);
        await TokenAsync(metadataPort);

        var secret = Directory.EnumerateFiles(Path.Combine(process.State, "secrets")).Single();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.Contains(
            Convert.ToBase64String(Encoding.UTF8.GetBytes("hidden")), await File.ReadAllTextAsync(secret), StringComparison.Ordinal);
    }

    private static async Task<string> TokenAsync(int metadataPort)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var token = await http.GetFromJsonAsync<JsonElement>(
            new Uri($"http://127.0.0.1:{metadataPort}/computeMetadata/v1/instance/service-accounts/default/token"));
        return token.GetProperty("access_token").GetString()!;
    }

    private static Task<StandInProcess> StartAsync(int metadataPort) =>
        StandInProcess.StartAsync("EnergyLoad.Local.Google.dll", process => new
    {
        port = process.Port,
        state = process.State,
        projectId = "energyload-local",
        location = "europe-west1",
        accounts = new[] { new { email = GoogleWorld.Email("send-api"), uniqueId = "100000000000000000001", metadataPort } },
        topics = new[] { GoogleWorld.Topic },
        subscriptions = new[] { new { name = $"{GoogleWorld.Project}/subscriptions/reader", topic = GoogleWorld.Topic, deadLetterTopic = (string?)null } },
        buckets = new[] { "kept-things" },
        secrets = new Dictionary<string, string> { ["database"] = "hidden" },
    });
}
