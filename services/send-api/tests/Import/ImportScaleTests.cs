using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.Import;

public sealed class ImportScaleTests(OutcomeWorld rooms) : IClassFixture<OutcomeWorld>
{
    private const int Objects = 60;
    private readonly ImportWorld _world = new(rooms);

    [Fact]
    public async Task Three_instances_take_each_object_once_and_move_it_once()
    {
        await Parallel.ForAsync(0, Objects, async (n, _) => await _world.PutAsync($"{n:00}.json", _world.Message($"{n}")));
        var import = rooms.Get<ImportProcess>().StartAsync(ImportWorld.Sender, _world.Folder, CancellationToken.None);
        var instances = Enumerable.Range(0, 3).Select(_ => Instance()).ToList();

        await Task.WhenAll(instances.Select(instance => WorkUntilAsync(instance, () => import.IsCompleted)));
        await rooms.DeliverAsync();
        await rooms.ExecuteAsync("UPDATE import_objects SET due_at = UTC_TIMESTAMP(6) WHERE work = 1");
        var progress = (await import)!.View;
        var ended = EndedAsync(progress);
        await Task.WhenAll(instances.Select(instance => WorkUntilAsync(instance, () => ended.IsCompleted)));

        progress = await ended;
        Assert.Equal((Objects, Objects, 0, Objects), (progress.Objects, progress.Accepted, progress.Duplicates, progress.Moved));
        Assert.Equal(Objects, await _world.MessagesAsync());
        Assert.Equal(Objects, (await _world.NamesAsync(SendCloud.SuccessBucket)).Count);
        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
    }

    /// <summary>What another process has of its own: the name under which it holds leases.</summary>
    private ImportRunner Instance()
    {
        var services = rooms.Service.Services;
        var work = ActivatorUtilities.CreateInstance<ImportWorkStore>(services);
        return ActivatorUtilities.CreateInstance<ImportRunner>(
            services, work, ActivatorUtilities.CreateInstance<ObjectTaking>(services, work));
    }

    private static async Task WorkUntilAsync(ImportRunner instance, Func<bool> isOver)
    {
        while (!isOver())
        {
            await instance.StepAsync(CancellationToken.None);
        }
    }

    private Task<ImportView> EndedAsync(ImportView import) => EnergyLoad.Testing.Stack.Eventually.GetAsync(
        () => _world.ProgressAsync(import), progress => progress.State == "finished");
}
