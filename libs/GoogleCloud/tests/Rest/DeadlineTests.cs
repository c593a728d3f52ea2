using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.GoogleCloud.Tests.Rest;

public sealed class DeadlineTests : CloudTest
{
    protected override IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["GoogleCloud:AttemptTimeout"] = "00:00:02",
        ["GoogleCloud:Deadline"] = "00:00:03",
    };

    [Fact]
    public async Task The_deadline_ends_the_tries_with_the_last_answer()
    {
        Server.ThenJson(503, """{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}""");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.True(refused.IsTransient);
        Assert.Equal("UNAVAILABLE", refused.Code);
        Assert.True(Server.Seen.Count > 1, $"{Server.Seen.Count} attempts");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_is_a_passing_fault()
    {
        var gone = await ScriptedServer.StartAsync();
        await using var services = Compose(gone.Url, Settings);
        await gone.DisposeAsync();

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => services.GetRequiredService<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None));

        Assert.True(refused.IsTransient);
        Assert.Null(refused.StatusCode);
        Assert.Contains("topics/t", refused.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<string>> PublishAsync() =>
        Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None);
}
