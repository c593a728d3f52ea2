using System.Text.Json;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class NoBucketTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new() { Settings = { ["Publishing:ArchiveBucket"] = "no-such-bucket" } };
    private readonly string _id = Reports.NewId();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_bucket_that_is_down_delays_the_archive_and_nothing_else()
    {
        using var posted = await _world.PostAsync(Reports.With(_id, Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));

        Assert.Single(await _world.EventsAsync(_id, 1));
        await Eventually.GetAsync(
            () => Task.FromResult(_world.Logs.Warnings.Any(line => line.Contains("could not be archived", StringComparison.Ordinal))),
            holds => holds);
        var report = await _world.GetAsync(posted.Headers.Location!.ToString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("archivedAt").ValueKind);
    }
}
