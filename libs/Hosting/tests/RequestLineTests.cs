using System.Net;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Hosting.Tests;

public sealed class RequestLineTests(SmallService service) : IClassFixture<SmallService>
{
    private const string SendId = "01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f";
    private const string Canary = "canary-7Q";

    [Fact]
    public async Task A_refused_request_leaves_one_line_that_Cloud_Logging_understands()
    {
        using var latin1 = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var client = new HttpClient(latin1) { BaseAddress = service.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/messages/{SendId}/conflict?key={Canary}", UriKind.Relative))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "meter\u00e9/1 \"quoted\"");
        using var answer = await client.SendAsync(request);

        var line = Assert.Single(await service.LinesOfAsync(answer, 1011));
        Assert.Equal("INFO", line.GetProperty("severity").GetString());
        Assert.Equal(("u-1", SendId, "electricity_lu_1"), (Text(line, "user"), Text(line, "sendId"), Text(line, "messageId")));
        Assert.Equal("small-service", Text(line.GetProperty("logging.googleapis.com/labels"), "service"));
        Assert.StartsWith("projects/small-project/traces/", Text(line, "logging.googleapis.com/trace"), StringComparison.Ordinal);
        var entry = line.GetProperty("httpRequest");
        Assert.Equal(
            ("POST", $"/messages/{SendId}/conflict", "HTTP/1.1", "2"),
            (Text(entry, "requestMethod"), Text(entry, "requestUrl"), Text(entry, "protocol"), Text(entry, "requestSize")));
        Assert.Equal(409, entry.GetProperty("status").GetInt32());
        Assert.Matches(@"^\d+\.\d{3}s$", Text(entry, "latency"));
        Assert.Equal("meter?/1 \"quoted\"", Text(entry, "userAgent"));
        Assert.False(entry.TryGetProperty("remoteIp", out _));
    }

    [Fact]
    public async Task Every_line_of_a_request_says_whom_and_what_it_is_about()
    {
        using var answer = await service.Client.PostAsync(new Uri($"/messages/{SendId}/conflict", UriKind.Relative), null);

        var line = Assert.Single(await service.LinesOfAsync(answer, SmallService.NoteId));
        Assert.Equal(("u-1", SendId, "electricity_lu_1"), (Text(line, "user"), Text(line, "sendId"), Text(line, "messageId")));
        Assert.Equal("kept", line.GetProperty("fields").GetProperty("What").GetString());
    }

    [Fact]
    public async Task What_a_line_names_itself_goes_before_what_the_request_is_about()
    {
        using var answer = await service.Client.GetAsync(new Uri("/other", UriKind.Relative));

        var line = Assert.Single(await service.LinesOfAsync(answer, SmallService.OtherId));
        Assert.Equal((SendId, "other"), (Text(line, "sendId"), Text(line, "messageId")));
        Assert.False(line.TryGetProperty("user", out _));
        Assert.False(line.GetProperty("fields").TryGetProperty("SendId", out _));
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_is_not_repeated()
    {
        using var answer = await service.Client.GetAsync(new Uri($"/{Canary}?access_token={Canary}", UriKind.Relative));

        var line = Assert.Single(await service.LinesOfAsync(answer, 1011));
        Assert.Equal("/(no such route)", Text(line.GetProperty("httpRequest"), "requestUrl"));
        Assert.DoesNotContain(Canary, line.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/fault", HttpStatusCode.InternalServerError)]
    [InlineData("/down", HttpStatusCode.ServiceUnavailable)]
    public async Task A_fault_of_ours_is_a_warning_with_the_path_that_it_happened_at(string path, HttpStatusCode status)
    {
        using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));

        var line = Assert.Single(await service.LinesOfAsync(answer, 1011));
        Assert.Equal(("WARNING", path, (int)status), (Text(line, "severity"), Text(line.GetProperty("httpRequest"), "requestUrl"), line.GetProperty("httpRequest").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Requests_that_went_well_have_a_line_only_where_it_is_asked_for_and_probes_never()
    {
        using var quiet = await service.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Empty(await service.LinesOfAsync(quiet, 1011));

        var talkative = new SmallService { RequestLines = RequestLines.All };
        await talkative.InitializeAsync();
        using var well = await talkative.Client.GetAsync(new Uri("/health", UriKind.Relative));
        using var probe = await talkative.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal("/health", Text(Assert.Single(await talkative.LinesOfAsync(well, 1011)).GetProperty("httpRequest"), "requestUrl"));
        Assert.Empty(await talkative.LinesOfAsync(probe, 1011));
        await talkative.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_wake_up_is_no_fault()
    {
        var stopped = new SmallService();
        await stopped.InitializeAsync();
        var waits = stopped.Client.GetAsync(new Uri("/until-stop", UriKind.Relative));
        await stopped.IsWaiting.Task;

        await stopped.StopAsync();

        using var answer = await waits;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(await stopped.LinesOfAsync(answer, 1003));
        Assert.Single(await stopped.LinesOfAsync(answer, 1004));
        await stopped.DisposeAsync();
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
