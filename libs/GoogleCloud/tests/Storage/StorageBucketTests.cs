using System.IO.Compression;
using System.Text;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Storage;

public sealed class StorageBucketTests : CloudTest
{
    private static readonly StorageLocation Day = new("energyload-source", "LU/2026-11-22 a.json");

    private StorageBucket Bucket => Get<StorageBucket>();

    [Fact]
    public async Task Every_page_of_a_listing_is_read()
    {
        Server
            .ThenJson(200, """{"items":[{"name":"a","generation":"1","size":"10","crc32c":"AAAAAA==","updated":"2026-11-22T02:00:00.123Z"}],"nextPageToken":"p/2"}""")
            .ThenJson(200, """{"nextPageToken":"p3"}""")
            .ThenJson(200, """{"items":[{"name":"b","generation":"1700000000000000","size":"0"}]}""");

        var objects = await Bucket.ListAsync("energyload-source", "LU/", CancellationToken.None).ToListAsync();

        Assert.Equal(["a", "b"], objects.Select(found => found.Name));
        Assert.Equal(1_700_000_000_000_000, objects[1].Generation);
        Assert.Equal(10, objects[0].Size);
        Assert.Equal(
            ["/storage/v1/b/energyload-source/o?prefix=LU%2F", "/storage/v1/b/energyload-source/o?prefix=LU%2F&pageToken=p%2F2", "/storage/v1/b/energyload-source/o?prefix=LU%2F&pageToken=p3"],
            Server.Seen.Select(seen => seen.Target));
    }

    [Fact]
    public async Task A_content_is_read_with_its_generation()
    {
        Answer("content"u8.ToArray(), "crc32c=" + Sum("content"u8));

        using var content = await Bucket.GetAsync(Day, 17, CancellationToken.None);

        Assert.Equal("content", await new StreamReader(content!.Stream).ReadToEndAsync());
        Assert.Equal(42, content.Generation);
        Assert.Equal("/storage/v1/b/energyload-source/o/LU%2F2026-11-22%20a.json?alt=media&generation=17", Server.Seen[0].Target);
    }

    [Fact]
    public async Task A_damaged_content_throws_at_its_end()
    {
        Answer("c0ntent"u8.ToArray(), $"md5=xx==,crc32c={Sum("content"u8)}");

        using var content = await Bucket.GetAsync(Day, null, CancellationToken.None);

        await Assert.ThrowsAsync<GoogleCloudException>(() => content!.Stream.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task A_damaged_content_throws_also_when_it_is_read_by_hand()
    {
        Answer("c0ntent"u8.ToArray(), "crc32c=" + Sum("content"u8));

        using var content = await Bucket.GetAsync(Day, null, CancellationToken.None);

        Assert.Throws<GoogleCloudException>(() => new BinaryReader(content!.Stream).ReadBytes(100));
    }

    [Fact]
    public async Task A_content_stored_zipped_is_checked_as_stored_and_read_unzipped()
    {
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync("content"u8.ToArray());
        }

        Answer(zipped.ToArray(), "crc32c=" + Sum(zipped.ToArray()), ("Content-Encoding", "gzip"));

        using var content = await Bucket.GetAsync(Day, null, CancellationToken.None);

        Assert.Equal("content", await new StreamReader(content!.Stream).ReadToEndAsync());
        Assert.Equal("gzip", Server.Seen[0].Headers.AcceptEncoding);
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_null()
    {
        Server.ThenJson(404, "No such object");

        Assert.Null(await Bucket.GetAsync(Day, null, CancellationToken.None));
    }

    [Fact]
    public async Task An_insertion_sends_the_checksum_along()
    {
        Server.ThenJson(200, $$"""{"name":"x","generation":"7","size":"7","crc32c":"{{Sum("content"u8)}}"}""");

        var written = await Bucket.InsertAsync(Day, "content"u8.ToArray(), "application/json", ifGeneration: 0, CancellationToken.None);

        Assert.Equal(7, Assert.IsType<StorageInsertion.Written>(written).Object.Generation);
        var seen = Server.Seen[0];
        Assert.Equal("/upload/storage/v1/b/energyload-source/o?uploadType=multipart&ifGenerationMatch=0", seen.Target);
        Assert.StartsWith("multipart/related; boundary=", seen.Headers.ContentType.ToString(), StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(seen.Body);
        Assert.Contains($$"""{"name":"LU/2026-11-22 a.json","contentType":"application/json","crc32c":"{{Sum("content"u8)}}"}""", body, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n\r\ncontent\r\n--", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_insertion_over_another_content_is_an_outcome()
    {
        Server.ThenJson(412, """{"error":{"code":412,"message":"conditionNotMet"}}""")
            .ThenJson(200, """{"name":"x","generation":"7","size":"7","crc32c":"AAAAAA=="}""");

        var refused = await Bucket.InsertAsync(Day, "content"u8.ToArray(), "application/json", ifGeneration: 0, CancellationToken.None);

        Assert.IsType<StorageInsertion.PreconditionFailed>(refused);
    }

    [Fact]
    public async Task An_insertion_whose_answer_was_lost_counts_as_written()
    {
        Server.ThenHangUp()
            .ThenJson(412, """{"error":{"code":412,"message":"conditionNotMet"}}""")
            .ThenJson(200, $$"""{"name":"x","generation":"7","size":"7","crc32c":"{{Sum("content"u8)}}"}""");

        var written = await Bucket.InsertAsync(Day, "content"u8.ToArray(), "application/json", ifGeneration: 0, CancellationToken.None);

        Assert.Equal(7, Assert.IsType<StorageInsertion.Written>(written).Object.Generation);
    }

    [Fact]
    public async Task An_insertion_without_a_precondition_is_not_repeated()
    {
        Server.ThenHangUp().ThenJson(200, "{}");

        await Assert.ThrowsAsync<GoogleCloudException>(
            () => Bucket.InsertAsync(Day, "content"u8.ToArray(), "text/plain", ifGeneration: null, CancellationToken.None));

        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task A_rewrite_goes_on_until_it_is_done()
    {
        Server.ThenJson(200, """{"done":false,"rewriteToken":"t/1","totalBytesRewritten":"1"}""")
            .ThenJson(200, """{"done":true,"resource":{"name":"LU/done.json","generation":"9","size":"7"}}""");

        var copy = await Bucket.RewriteAsync(Day, 17, new StorageLocation("energyload-done", "LU/done.json"), CancellationToken.None);

        Assert.Equal(9, copy!.Generation);
        const string Target = "/storage/v1/b/energyload-source/o/LU%2F2026-11-22%20a.json/rewriteTo/b/energyload-done/o/LU%2Fdone.json?projection=noAcl&sourceGeneration=17";
        Assert.Equal([Target, Target + "&rewriteToken=t%2F1"], Server.Seen.Select(seen => seen.Target));
    }

    [Fact]
    public async Task Nothing_is_rewritten_when_the_source_is_gone()
    {
        Server.ThenJson(404, "{}");

        Assert.Null(await Bucket.RewriteAsync(Day, null, Day with { Name = "x" }, CancellationToken.None));
    }

    [Fact]
    public async Task A_deletion_says_whether_the_object_was_there()
    {
        Server.Then(context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        }).ThenJson(404, "{}");

        Assert.True(await Bucket.DeleteAsync(Day, 17, CancellationToken.None));
        Assert.False(await Bucket.DeleteAsync(Day, 17, CancellationToken.None));
        Assert.Equal("DELETE", Server.Seen[0].Method);
        Assert.EndsWith("&generation=17", Server.Seen[0].Target, StringComparison.Ordinal);
    }

    private static string Sum(ReadOnlySpan<byte> bytes) => Crc32C.ToBase64(Crc32C.Of(bytes));

    private void Answer(byte[] body, string hash, params (string Name, string Value)[] headers) => Server.Then(async context =>
    {
        context.Response.Headers["x-goog-hash"] = hash;
        context.Response.Headers["x-goog-generation"] = "42";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(body);
    });
}
