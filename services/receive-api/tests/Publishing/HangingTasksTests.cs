using System.Net;
using System.Net.Sockets;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

/// <summary>A Cloud Tasks that takes connections and never answers.</summary>
public sealed class HangingTasksTests : IAsyncLifetime, IDisposable
{
    // Longer than the client below waits: an answer proves that nobody sat it out.
    private const string Forever = "00:10:00";
    private readonly TcpListener _tasks = new(IPAddress.Loopback, 0);
    private readonly ReceiveWorld _world;
    private readonly string _id = Reports.NewId();

    public HangingTasksTests()
    {
        _tasks.Start();
        _world = new ReceiveWorld
        {
            Settings =
            {
                ["GoogleCloud:TasksUrl"] = $"http://{_tasks.LocalEndpoint}",
                ["GoogleCloud:AttemptTimeout"] = Forever,
                ["GoogleCloud:Deadline"] = Forever,
            },
        };
    }

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    public void Dispose() => _tasks.Dispose();

    [Fact]
    public async Task A_report_is_answered_although_Cloud_Tasks_hangs_and_the_sweep_publishes_it()
    {
        using var posted = await _world.PostAsync(Reports.With(_id, Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));
        using var swept = await _world.SweepAsync();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (posted.StatusCode, swept.StatusCode));
        Assert.Single(await _world.EventsAsync(_id, 1));
        Assert.Contains(_world.Logs.Warnings, line => line.Contains("No wake-up could be arranged", StringComparison.Ordinal));
    }
}
