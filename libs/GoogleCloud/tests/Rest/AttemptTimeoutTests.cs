using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Rest;

public sealed class AttemptTimeoutTests : CloudTest
{
    private const string Ok = """{"messageIds":["1"]}""";

    protected override IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["GoogleCloud:AttemptTimeout"] = "00:00:02",
        ["GoogleCloud:Deadline"] = "00:00:30",
    };

    [Fact]
    public async Task Silence_is_tried_again_after_the_attempt_timeout()
    {
        Server.ThenSayNothing().ThenJson(200, Ok);

        Assert.Equal(["1"], await PublishAsync());
    }

    [Fact]
    public async Task A_body_that_never_ends_is_cut_off_and_tried_again()
    {
        Server.Then(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, Server.Closing);
        }).ThenJson(200, Ok);

        Assert.Equal(["1"], await PublishAsync());
    }

    private Task<IReadOnlyList<string>> PublishAsync() =>
        Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None);
}
