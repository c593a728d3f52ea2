using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.Google;

public sealed class SecretTests : IAsyncLifetime
{
    private const string Secret = $"/v1/{GoogleWorld.Project}/secrets/database";
    private readonly GoogleWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_first_version_comes_from_the_settings()
    {
        var version = await _world.GetAsync($"{Secret}/versions/latest:access");

        Assert.Equal($"{GoogleWorld.Project}/secrets/database/versions/1", version.GetProperty("name").GetString());
        Assert.Equal("first", Text(version));
    }

    [Fact]
    public async Task The_checksum_is_a_decimal_number_in_text()
    {
        await _world.PostAsync($"{Secret}:addVersion", new { payload = new { data = "123456789"u8.ToArray(), dataCrc32c = "3808858755" } });

        var version = await _world.GetAsync($"{Secret}/versions/2:access");

        Assert.Equal("3808858755", version.GetProperty("payload").GetProperty("dataCrc32c").GetString());
    }

    [Fact]
    public async Task A_new_version_is_the_latest_and_survives_a_restart()
    {
        await AddAsync("second");
        await _world.RestartAsync();

        Assert.Equal("second", Text(await _world.GetAsync($"{Secret}/versions/latest:access")));
        Assert.Equal("first", Text(await _world.GetAsync($"{Secret}/versions/1:access")));
    }

    [Fact]
    public async Task A_disabled_version_is_not_handed_out_until_it_is_enabled()
    {
        await AddAsync("second");
        await _world.PostAsync($"{Secret}/versions/2:disable", new { });
        var disabled = await _world.Http.GetAsync(new Uri($"{Secret}/versions/latest:access", UriKind.Relative));
        var enabledOnes = await _world.GetAsync($"{Secret}/versions?filter=state:ENABLED");
        await _world.PostAsync($"{Secret}/versions/2:enable", new { });

        Assert.Equal(HttpStatusCode.BadRequest, disabled.StatusCode);
        Assert.Equal("FAILED_PRECONDITION", (await GoogleWorld.ErrorAsync(disabled)).GetProperty("status").GetString());
        Assert.Equal([$"{GoogleWorld.Project}/secrets/database/versions/1"], Names(enabledOnes));
        Assert.Equal("second", Text(await _world.GetAsync($"{Secret}/versions/latest:access")));
    }

    [Fact]
    public async Task A_destroyed_version_does_not_come_back()
    {
        await _world.PostAsync($"{Secret}/versions/1:destroy", new { });

        Assert.Equal(HttpStatusCode.BadRequest, (await _world.Http.PostAsJsonAsync($"{Secret}/versions/1:enable", new { })).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await _world.Http.GetAsync(new Uri($"{Secret}/versions/1:access", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_page_by_page()
    {
        await AddAsync("second");
        await AddAsync("third");

        var first = await _world.GetAsync($"{Secret}/versions?pageSize=2");
        var second = await _world.GetAsync($"{Secret}/versions?pageSize=2&pageToken={first.GetProperty("nextPageToken").GetString()}");

        Assert.Equal(["3", "2", "1"], Names(first).Concat(Names(second)).Select(name => name.Split('/')[^1]));
        Assert.Equal("", second.GetProperty("nextPageToken").GetString());
    }

    [Fact]
    public async Task A_secret_can_be_made_once()
    {
        await _world.PostAsync($"/v1/{GoogleWorld.Project}/secrets?secretId=signing", new { });
        var twice = await _world.Http.PostAsJsonAsync($"/v1/{GoogleWorld.Project}/secrets?secretId=signing", new { });
        var empty = await _world.Http.GetAsync(
            new Uri($"/v1/{GoogleWorld.Project}/secrets/signing/versions/latest:access", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, empty.StatusCode);
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_its_checksum_or_is_too_large_is_refused()
    {
        var wrong = await _world.Http.PostAsJsonAsync($"{Secret}:addVersion", new { payload = new { data = "YQ==", dataCrc32c = "1" } });
        var large = await _world.Http.PostAsJsonAsync($"{Secret}:addVersion", new { payload = new { data = new byte[64 * 1024 + 1] } });

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
    }

    private static string Text(JsonElement version) =>
        Encoding.UTF8.GetString(version.GetProperty("payload").GetProperty("data").GetBytesFromBase64());

    private static List<string> Names(JsonElement page) =>
        [.. page.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("name").GetString()!)];

    private Task AddAsync(string text) =>
        _world.PostAsync($"{Secret}:addVersion", new { payload = new { data = Encoding.UTF8.GetBytes(text) } });
}
