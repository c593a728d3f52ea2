using System.Net;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

public sealed class ReadinessTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_service_is_ready_while_its_schema_is_as_new_as_its_code_or_newer()
    {
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), await ProbeAsync());

        await _world.Database.ExecuteAsync(
            "DELETE FROM schema_history WHERE owner = 'receive-api' ORDER BY level DESC LIMIT 1", null, CancellationToken.None);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.OK), await ProbeAsync());

        await _world.Database.ExecuteAsync(
            "INSERT INTO schema_history (owner, level, name, applied_at) VALUES ('receive-api', 9999, 'of a later version', UTC_TIMESTAMP(6))", null, CancellationToken.None);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), await ProbeAsync());
    }

    private async Task<(HttpStatusCode Ready, HttpStatusCode Startup, HttpStatusCode Live)> ProbeAsync() =>
        (await StatusAsync("ready"), await StatusAsync("startup"), await StatusAsync("live"));

    private async Task<HttpStatusCode> StatusAsync(string probe)
    {
        using var answer = await _world.Http.GetAsync(new Uri($"/health/{probe}", UriKind.Relative));
        return answer.StatusCode;
    }
}
