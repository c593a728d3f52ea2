using System.Net;

namespace EnergyLoad.SendApi.Tests.Hosting;

public sealed class ReadinessTests(SendWorld world) : IClassFixture<SendWorld>
{
    [Fact]
    public async Task A_service_is_ready_and_accepts_although_nobody_answers_for_eSight()
    {
        using var ready = await world.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var accepted = await world.PushAsync(new Outcomes.PushedMessage($"electricity_lu_{Guid.NewGuid():n}").ToBytes());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted), (ready.StatusCode, accepted.StatusCode));
    }
}
