using System.Globalization;
using System.Net;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Secrets;

public sealed class SecretManagerTests : CloudTest
{
    private const string Name = "projects/energyload-test/secrets/edm-db";
    private static readonly byte[] Value = "canary"u8.ToArray();

    [Fact]
    public async Task A_version_is_read_and_checked()
    {
        Server.ThenJson(200, Reply(Sum(Value)));

        var payload = await Get<SecretManager>().AccessAsync("edm-db", "latest", CancellationToken.None);

        Assert.Equal(Value, payload.Data.ToArray());
        Assert.Equal($"{Name}/versions/3", payload.Name);
        Assert.Equal($"/v1/{Name}/versions/latest:access", Server.Seen[0].Target);
        Assert.DoesNotContain("canary", payload.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_version_is_read_again()
    {
        Server.ThenJson(200, Reply("1")).ThenJson(200, Reply(Sum(Value)));

        await Get<SecretManager>().AccessAsync("edm-db", "3", CancellationToken.None);

        Assert.Equal(2, Server.Seen.Count);
    }

    [Fact]
    public async Task Only_enabled_versions_are_listed()
    {
        Server.ThenJson(200, $$"""{"versions":[{"name":"{{Name}}/versions/9","state":"ENABLED"},{"name":"{{Name}}/versions/8","state":"DISABLED"}],"nextPageToken":"n"}""")
            .ThenJson(200, $$"""{"versions":[{"name":"{{Name}}/versions/7","state":"ENABLED"}]}""");

        Assert.Equal(["9", "7"], await Get<SecretManager>().ListEnabledVersionsAsync(Name, CancellationToken.None));
        Assert.Equal($"/v1/{Name}/versions?filter=state:ENABLED&pageToken=n", Server.Seen[1].Target);
    }

    [Fact]
    public async Task A_version_is_added_with_its_checksum_and_not_twice()
    {
        Server.ThenJson(200, $$"""{"name":"{{Name}}/versions/4","state":"ENABLED"}""").ThenJson(500, "{}");

        Assert.Equal($"{Name}/versions/4", await Get<SecretManager>().AddVersionAsync("edm-db", Value, CancellationToken.None));
        await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<SecretManager>().AddVersionAsync("edm-db", Value, CancellationToken.None));

        Assert.Equal(2, Server.Seen.Count);
        Assert.Equal($"/v1/{Name}:addVersion", Server.Seen[0].Target);
        var payload = Server.Seen[0].Json.GetProperty("payload");
        Assert.Equal(Value, payload.GetProperty("data").GetBytesFromBase64());
        Assert.Equal(Sum(Value), payload.GetProperty("dataCrc32c").ToString());
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_named()
    {
        Server.ThenJson(404, """{"error":{"code":404,"status":"NOT_FOUND","message":"Secret not found"}}""");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<SecretManager>().AccessAsync("edm-db", "1", CancellationToken.None));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains($"{Name}/versions/1", refused.Message, StringComparison.Ordinal);
    }

    private static string Reply(string sum) =>
        $$$"""{"name":"{{{Name}}}/versions/3","payload":{"data":"{{{Convert.ToBase64String(Value)}}}","dataCrc32c":"{{{sum}}}"}}""";

    private static string Sum(byte[] bytes) => Crc32C.Of(bytes).ToString(CultureInfo.InvariantCulture);
}
