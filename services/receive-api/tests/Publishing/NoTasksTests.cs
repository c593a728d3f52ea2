using System.Net;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class NoTasksTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new() { Settings = { ["Publishing:Queue"] = "no-such-queue" } };
    private readonly string _id = Reports.NewId();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Without_Cloud_Tasks_reports_are_taken_and_the_sweep_publishes_them()
    {
        using var posted = await _world.PostAsync(Reports.With(_id, Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));
        using var swept = await _world.SweepAsync();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (posted.StatusCode, swept.StatusCode));
        Assert.Single(await _world.EventsAsync(_id, 1));
        Assert.Contains(_world.Logs.Warnings, line => line.Contains("No wake-up could be arranged", StringComparison.Ordinal));
    }
}
