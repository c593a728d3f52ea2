namespace EnergyLoad.Local.Tests.Google;

public sealed class SchedulerTests(GoogleWorld world) : IClassFixture<GoogleWorld>
{
    [Fact]
    public async Task A_job_calls_its_target_with_an_id_token()
    {
        await world.Http.PostAsync(new Uri($"/control/scheduler/run?name={GoogleWorld.Job}", UriKind.Relative), null);

        var call = await world.Target.CallAsync("/swept");

        Assert.Equal("true", call.Headers["X-CloudScheduler"]);
        var token = await world.ValidateAsync(
            call.Bearer, "/oauth2/v3/certs", "https://accounts.google.com", "https://send-api.energyload.local");
        Assert.Equal(GoogleWorld.Email("scheduler"), token.Claims["email"]);
        await Poll.UntilAsync(async () => await RunsAsync() >= 1);
    }

    private async Task<int> RunsAsync() =>
        (await world.StateAsync()).GetProperty("scheduler").GetProperty("jobs").GetProperty(GoogleWorld.Job).GetProperty("runs").GetInt32();
}
