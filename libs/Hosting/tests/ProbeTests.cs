using System.Net;

namespace EnergyLoad.Hosting.Tests;

public sealed class ProbeTests(SmallService service) : IClassFixture<SmallService>
{
    [Fact]
    public async Task A_service_has_started_when_it_was_ready_once_and_is_alive_all_the_while()
    {
        service.IsDependencyUp = false;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), await ProbeAsync());

        service.IsDependencyUp = true;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), await ProbeAsync());

        service.IsDependencyUp = false;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), await ProbeAsync());
    }

    private async Task<(HttpStatusCode Live, HttpStatusCode Ready, HttpStatusCode Startup)> ProbeAsync() =>
        (await StatusAsync("live"), await StatusAsync("ready"), await StatusAsync("startup"));

    private async Task<HttpStatusCode> StatusAsync(string probe)
    {
        using var answer = await service.Client.GetAsync(new Uri($"/health/{probe}", UriKind.Relative));
        return answer.StatusCode;
    }
}
