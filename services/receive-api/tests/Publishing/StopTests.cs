using System.Net;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class StopTests : IAsyncLifetime
{
    private const string IsArmed = "SELECT COUNT(*) FROM receive_drains WHERE name = 'publishing' AND armed_until > UTC_TIMESTAMP(6)";
    private const string LeasedRows = "SELECT COUNT(*) FROM receive_outbox WHERE due_at > UTC_TIMESTAMP(6) + INTERVAL 5 SECOND";
    private readonly ReceiveWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_wake_up_that_a_stop_cuts_off_comes_again_and_nobody_is_told_of_a_fault()
    {
        using var quiet = await _world.WakeAsync();
        using var stop = new CancellationTokenSource();
        var posting = PostUntilAsync(stop.Token);
        var wakeUp = _world.WakeAsync();
        await Eventually.GetAsync(ArmedAsync, armed => armed);

        var stopping = _world.StopAsync();

        using var answer = await wakeUp;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await stop.CancelAsync();
        await Task.WhenAll(stopping, posting);
        Assert.DoesNotContain(_world.Logs.Lines, line => line.Text.Contains("Unhandled fault", StringComparison.Ordinal));
        Assert.Contains(_world.Logs.Lines, line => line.Text.Contains("is left to another instance", StringComparison.Ordinal));

        // What the run had been handed is due to whoever comes next, not only when a lease ends.
        Assert.Equal(0, (await _world.Database.QueryAsync<long>(LeasedRows, null, CancellationToken.None))[0]);
    }

    private async Task<bool> ArmedAsync() => (await _world.Database.QueryAsync<long>(IsArmed, null, CancellationToken.None))[0] == 1;

    /// <summary>Keeps the run busy, so that it does not end before the stop.</summary>
    private async Task PostUntilAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                using var posted = await _world.PostAsync(
                    Reports.With(Reports.NewId(), Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));
            }
        }
        catch (HttpRequestException)
        {
            // The service has stopped.
        }
    }
}
