using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.Google;

public sealed class StorageTests(GoogleWorld world) : IClassFixture<GoogleWorld>
{
    private const string Objects = $"/storage/v1/b/{GoogleWorld.Bucket}/o";

    // The check value of RFC 3720's CRC: the digits 1 to 9 give E3069283.
    private const string Digits = "123456789";
    private const string DigitsCrc32c = "4waSgw==";

    [Fact]
    public async Task An_object_comes_back_as_it_was_stored()
    {
        var made = await InsertAsync("in/a b+c%2Fd/ü.json", Digits);

        Assert.Equal(DigitsCrc32c, made.GetProperty("crc32c").GetString());
        Assert.Equal("9", made.GetProperty("size").GetString());
        using var media = await world.Http.GetAsync(Address("in/a b+c%2Fd/ü.json", "?alt=media"));
        Assert.Equal(Digits, await media.Content.ReadAsStringAsync());
        Assert.Equal("application/json", media.Content.Headers.ContentType?.MediaType);
        Assert.Equal(made.GetProperty("generation").GetString(), media.Headers.GetValues("x-goog-generation").Single());
        Assert.Equal($"crc32c={DigitsCrc32c}", media.Headers.GetValues("x-goog-hash").Single());
        var metadata = await world.GetAsync(Address("in/a b+c%2Fd/ü.json").ToString());
        Assert.Equal("in/a b+c%2Fd/ü.json", metadata.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_multipart_upload_describes_its_object()
    {
        using var content = new MultipartContent("related")
        {
            JsonContent.Create(new { name = "described", contentType = "text/csv", crc32c = DigitsCrc32c, metadata = new { meter = "4" } }),
            new StringContent(Digits),
        };

        var made = await ReadAsync(await world.Http.PostAsync(Upload("multipart"), content));

        Assert.Equal("text/csv", made.GetProperty("contentType").GetString());
        Assert.Equal("4", made.GetProperty("metadata").GetProperty("meter").GetString());
        Assert.Equal(Digits, await world.Http.GetStringAsync(Address("described", "?alt=media")));
    }

    [Fact]
    public async Task A_content_that_does_not_fit_its_checksum_is_refused()
    {
        using var content = new MultipartContent("related")
        {
            JsonContent.Create(new { name = "damaged", crc32c = "AAAAAA==" }),
            new StringContent(Digits),
        };

        Assert.Equal(HttpStatusCode.BadRequest, (await world.Http.PostAsync(Upload("multipart"), content)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.GetAsync(Address("damaged"))).StatusCode);
    }

    [Fact]
    public async Task Preconditions_are_held()
    {
        var first = (await InsertAsync("guarded", "one", "&ifGenerationMatch=0")).GetProperty("generation").GetString();

        var again = await PutAsync("guarded", "two", "&ifGenerationMatch=0");
        var stale = await PutAsync("guarded", "two", "&ifGenerationMatch=12");
        var second = (await InsertAsync("guarded", "two", $"&ifGenerationMatch={first}")).GetProperty("generation").GetString();

        Assert.Equal(HttpStatusCode.PreconditionFailed, again.StatusCode);
        Assert.Equal("conditionNotMet", (await GoogleWorld.ErrorAsync(again)).GetProperty("errors")[0].GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.GetAsync(Address("guarded", $"?alt=media&generation={first}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.DeleteAsync(Address("guarded", $"?generation={first}"))).StatusCode);
        Assert.Equal("two", await world.Http.GetStringAsync(Address("guarded", $"?alt=media&generation={second}")));
    }

    [Fact]
    public async Task Lists_by_prefix_page_by_page_in_order()
    {
        foreach (var name in new[] { "page/3", "page/1", "page/2/x", "page/2/y", "pagf" })
        {
            await InsertAsync(name, name);
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await world.GetAsync(
                $"{Objects}?prefix=page/&maxResults=3" + (token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}"));
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            token = page.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);
        var folders = await world.GetAsync($"{Objects}?prefix=page/&delimiter=/");

        Assert.Equal(["page/1", "page/2/x", "page/2/y", "page/3"], names);
        Assert.Equal(["page/2/"], folders.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.Equal(
            ["page/1", "page/3"], folders.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_rewrite_copies_to_another_bucket()
    {
        await world.PostAsync("/storage/v1/b?project=energyload-local", new { name = "energyload-success" });
        await InsertAsync("moved/a/b", Digits);

        var answer = await world.Http.PostAsync(Address("moved/a/b", "/rewriteTo/b/energyload-success/o/done%2Fa%2Fb"), null);
        var missing = await world.Http.PostAsync(Address("moved/none", "/rewriteTo/b/energyload-success/o/x"), null);

        var rewritten = await ReadAsync(answer);
        Assert.True(rewritten.GetProperty("done").GetBoolean());
        Assert.Equal(DigitsCrc32c, rewritten.GetProperty("resource").GetProperty("crc32c").GetString());
        Assert.Equal(
            Digits,
            await world.Http.GetStringAsync(new Uri("/storage/v1/b/energyload-success/o/done%2Fa%2Fb?alt=media", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Objects_survive_a_restart_and_deleted_ones_do_not()
    {
        await InsertAsync("kept", Digits);
        await InsertAsync("kept", "newer");
        await InsertAsync("gone", Digits);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Http.DeleteAsync(Address("gone"))).StatusCode);

        await world.RestartAsync();

        Assert.Equal("newer", await world.Http.GetStringAsync(Address("kept", "?alt=media")));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.GetAsync(Address("gone"))).StatusCode);
    }

    [Fact]
    public async Task Unknown_buckets_and_bad_names_are_refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.GetAsync(new Uri("/storage/v1/b/other/o", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Http.PostAsJsonAsync("/storage/v1/b", new { name = "../../tmp" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Http.PostAsync(Upload("media"), null)).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await world.Http.GetAsync(new Uri($"{Objects}?pageToken=%21", UriKind.Relative))).StatusCode);
    }

    private static Uri Address(string name, string rest = "") => new($"{Objects}/{Uri.EscapeDataString(name)}{rest}", UriKind.Relative);

    private static Uri Upload(string type, string rest = "") =>
        new($"/upload/storage/v1/b/{GoogleWorld.Bucket}/o?uploadType={type}{rest}", UriKind.Relative);

    private async Task<HttpResponseMessage> PutAsync(string name, string text, string rest)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await world.Http.PostAsync(Upload("media", $"&name={Uri.EscapeDataString(name)}{rest}"), content);
    }

    private async Task<JsonElement> InsertAsync(string name, string text, string rest = "") =>
        await ReadAsync(await PutAsync(name, text, rest));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
