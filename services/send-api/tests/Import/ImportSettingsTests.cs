using System.Net;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Tests.Import;

public sealed class ImportSettingsTests
{
    [Theory]
    [InlineData("", "success", "error", "send", "SourceBucket")]
    [InlineData("source", "", "error", "send", "SuccessBucket")]
    [InlineData("source", "success", "", "send", "ErrorBucket")]
    [InlineData("source", "source", "error", "send", "Import:SuccessBucket")]
    [InlineData("source", "success", "source", "send", "Import:ErrorBucket")]
    [InlineData("source", "success", "error", "/send", "ErrorPrefix")]
    [InlineData("source", "success", "error", "send/", "ErrorPrefix")]
    public void A_wrong_setting_is_told_with_its_key(string source, string success, string error, string prefix, string key)
    {
        var options = new ImportOptions { SourceBucket = source, SuccessBucket = success, ErrorBucket = error, ErrorPrefix = prefix };

        var result = new ImportOptionsValidator().Validate(Options.DefaultName, options);

        Assert.Contains(key, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bucket_may_take_both_ends() =>
        Assert.True(new ImportOptionsValidator().Validate(Options.DefaultName, new ImportOptions
        {
            SourceBucket = "source", SuccessBucket = "ended", ErrorBucket = "ended",
        }).Succeeded);

    [Fact]
    public async Task While_Cloud_Storage_is_away_nothing_is_imported_and_the_caller_is_told_when_to_come_back()
    {
        var service = new SendWorld();
        service.Rooms.Settings["GoogleCloud:StorageUrl"] = "http://127.0.0.1:9/";
        service.Rooms.Settings["GoogleCloud:Deadline"] = "00:00:01";
        service.Rooms.Settings["GoogleCloud:AttemptTimeout"] = "00:00:01";
        await service.InitializeAsync();
        try
        {
            using var answer = await service.SendAsync(HttpMethod.Post, $"{SendWorld.Send}/sendJsons");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal(0, await service.Rooms.ReadAsync<int>("SELECT COUNT(*) FROM imports"));
        }
        finally
        {
            await service.DisposeAsync();
        }
    }
}
