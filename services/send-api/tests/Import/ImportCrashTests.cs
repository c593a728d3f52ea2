using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.Import;

/// <summary>
/// A process that dies between two steps: the database refuses the second one, and the next process finds what the first one left.
/// </summary>
public sealed class ImportCrashTests(OutcomeWorld rooms) : IClassFixture<OutcomeWorld>, IAsyncLifetime
{
    private readonly ImportWorld _world = new(rooms);

    public Task InitializeAsync() => _world.PutAsync("day.json", _world.Message("day"));

    public Task DisposeAsync() => MendAsync();

    [Fact]
    public async Task Killed_between_the_commit_of_the_message_and_its_record_nothing_is_lost_or_repeated()
    {
        await BreakAsync("NEW.state = 1");
        var import = rooms.Get<ImportProcess>().StartAsync(ImportWorld.Sender, _world.Folder, CancellationToken.None);
        while (await _world.MessagesAsync() == 0)
        {
            await rooms.Get<ImportRunner>().StepAsync(CancellationToken.None);
        }

        await MendAsync();
        await _world.WorkAsync();

        var progress = await EndAsync((await import)!.View);
        Assert.Equal((1, 0, 1), (progress.Objects, progress.Accepted, progress.Duplicates));
    }

    [Fact]
    public async Task Killed_between_the_copy_and_the_deletion_the_object_is_moved_once()
    {
        var import = await _world.ImportAsync();
        await rooms.DeliverAsync();
        await _world.CopyAsync("day.json", SendCloud.SuccessBucket);

        await EndAsync(import!);
    }

    [Fact]
    public async Task Killed_between_the_move_and_its_record_the_object_is_moved_once()
    {
        var import = await _world.ImportAsync();
        await rooms.DeliverAsync();
        await BreakAsync("NEW.work = 3");
        await _world.WorkAsync();
        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal("running", (await _world.ProgressAsync(import!)).State);

        await MendAsync();

        await EndAsync(import!);
    }

    [Fact]
    public async Task Killed_while_the_bucket_was_listed_the_import_ends_with_what_it_has()
    {
        var import = await _world.ImportAsync();
        await rooms.DeliverAsync();
        await rooms.ExecuteAsync(
            "UPDATE imports SET listed = 0, started_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE id = @id", new { id = IdOf(import!) });
        await _world.WorkAsync();
        Assert.Equal("running", (await _world.ProgressAsync(import!)).State);

        await rooms.Get<ImportStore>().EndLostListingsAsync(CancellationToken.None);

        await EndAsync(import!);
    }

    [Fact]
    public async Task What_a_dead_process_had_claimed_is_done_by_another_when_the_lease_ends()
    {
        var import = rooms.Get<ImportProcess>().StartAsync(ImportWorld.Sender, _world.Folder, CancellationToken.None);
        while ((await Another().ClaimAsync(ImportWork.Take, 8, CancellationToken.None)).Count == 0)
        {
        }

        Assert.False(await rooms.Get<ImportRunner>().StepAsync(CancellationToken.None));
        Assert.InRange(
            (await rooms.Get<ImportWorkStore>().NextDueAsync(CancellationToken.None))!.Value,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(15));
        await _world.WorkAsync();
        await rooms.DeliverAsync();

        await EndAsync((await import)!.View);
    }

    [Fact]
    public async Task What_a_slow_process_writes_down_after_its_lease_changes_nothing()
    {
        var (slow, import) = (Another(), rooms.Get<ImportProcess>().StartAsync(ImportWorld.Sender, _world.Folder, CancellationToken.None));
        IReadOnlyList<ImportedObject> claimed;
        while ((claimed = await slow.ClaimAsync(ImportWork.Take, 8, CancellationToken.None)).Count == 0)
        {
        }

        await _world.WorkAsync();
        await slow.LostAsync(claimed[0], CancellationToken.None);
        await rooms.DeliverAsync();

        await EndAsync((await import)!.View);
    }

    [Fact]
    public async Task Killed_while_a_refusal_is_recorded_the_object_is_refused_and_counted_once()
    {
        var sender = ImportWorld.Sender with { Username = $"i{Guid.NewGuid():n}"[..12] };
        await _world.PutAsync("day.json", "{}");
        await BreakAsync("1 = 1", "BEFORE INSERT ON refusal_counts");
        var import = rooms.Get<ImportProcess>().StartAsync(sender, _world.Folder, CancellationToken.None);
        while (!await rooms.Get<ImportRunner>().StepAsync(CancellationToken.None))
        {
        }

        Assert.Equal((0, 0), (await RefusedObjectsAsync(), await RefusalsAsync(sender.Username)));

        await MendAsync();
        await _world.WorkAsync();

        Assert.Equal((1, 1), (await RefusedObjectsAsync(), await RefusalsAsync(sender.Username)));
        Assert.Equal(1, (await import)!.View.Refused);
    }

    [Fact]
    public async Task What_a_slow_process_refuses_after_its_lease_is_counted_once()
    {
        var sender = ImportWorld.Sender with { Username = $"i{Guid.NewGuid():n}"[..12] };
        await _world.PutAsync("day.json", "{}");
        var (slow, import) = (Another(), rooms.Get<ImportProcess>().StartAsync(sender, _world.Folder, CancellationToken.None));
        IReadOnlyList<ImportedObject> claimed;
        while ((claimed = await slow.ClaimAsync(ImportWork.Take, 8, CancellationToken.None)).Count == 0)
        {
        }

        await _world.WorkAsync();
        await slow.RefusedAsync(claimed[0], new(sender.Username, "", "", "Late"), [new("", "Late", "")], CancellationToken.None);

        Assert.Equal(1, await RefusalsAsync(sender.Username));
        Assert.Equal("NoMessageType", Assert.Single((await import)!.View.Problems).Reason);
    }

    private static byte[] IdOf(ImportView import) => Guid.Parse(import.ImportId).ToByteArray(bigEndian: true);

    private ImportWorkStore Another() => ActivatorUtilities.CreateInstance<ImportWorkStore>(rooms.Service.Services);

    /// <summary>Lets the rest happen, and holds what must be true however the process died.</summary>
    private async Task<ImportView> EndAsync(ImportView import)
    {
        await rooms.DeliverAsync();
        await _world.WorkAsync();
        Assert.Equal(1, await _world.MessagesAsync());
        Assert.Equal(1, await rooms.ReadAsync<int>(
            "SELECT COUNT(*) FROM attempts a JOIN messages m ON m.id = a.message_id WHERE m.message_key = @key", new { key = _world.Message("day").MessageId }));
        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal(["day.json"], await _world.NamesAsync(SendCloud.SuccessBucket));
        Assert.Empty(await _world.NamesAsync(SendCloud.ErrorBucket));
        var progress = await _world.ProgressAsync(import);
        Assert.Equal(("finished", 1, 1), (progress.State, progress.Delivered, progress.Moved));
        return progress;
    }

    private Task<int> RefusedObjectsAsync() => rooms.ReadAsync<int>(
        "SELECT COUNT(*) FROM import_objects WHERE state = 2 AND name = @name", new { name = $"{_world.Folder}day.json" });

    private async Task<long> RefusalsAsync(string sender) =>
        (await rooms.CountAsync(LedgerGrouping.Sender)).Groups.SingleOrDefault(group => group.Sender == sender)?.Refused ?? 0;

    private Task<int> BreakAsync(string condition, string when = "BEFORE UPDATE ON import_objects") => rooms.ExecuteAsync($"""
        CREATE TRIGGER broken {when} FOR EACH ROW
        BEGIN
          IF {condition} THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'killed'; END IF;
        END
        """);

    private Task<int> MendAsync() => rooms.ExecuteAsync("DROP TRIGGER IF EXISTS broken");
}
