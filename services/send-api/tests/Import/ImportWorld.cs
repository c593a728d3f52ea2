using System.Text;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Tests.Outcomes;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Tests.Import;

/// <summary>The buckets of one test: all names start with a folder of its own.</summary>
internal sealed class ImportWorld(OutcomeWorld rooms)
{
    private const string Json = "application/json";

    public static CurrentUser Sender { get; } = new("id-sender", "importer", new RoleSet(Role.Sender));

    public string Folder { get; } = $"{Guid.NewGuid():n}/";

    private string Source => rooms.Get<IOptions<ImportOptions>>().Value.SourceBucket;

    private StorageBucket Storage => rooms.Get<StorageBucket>();

    private ImportRunner Runner => rooms.Get<ImportRunner>();

    /// <summary>A message of a meter of its own, so that none waits for another.</summary>
    public PushedMessage Message(string name) => new($"electricity_lu_{Folder.TrimEnd('/')}_{name}") { Meter = $"{Folder[..12]}_{name}" };

    public Task PutAsync(string name, PushedMessage message) => PutAsync(name, message.ToBytes());

    public Task PutAsync(string name, string content) => PutAsync(name, Encoding.UTF8.GetBytes(content));

    public async Task PutAsync(string name, byte[] content) => Assert.IsType<StorageInsertion.Written>(
        await Storage.InsertAsync(new StorageLocation(Source, Folder + name), content, Json, null, CancellationToken.None));

    /// <summary>Imports the test's folder; the work is done here, as a wake-up would.</summary>
    public async Task<ImportView?> ImportAsync(CurrentUser? user = null)
    {
        var import = rooms.Get<ImportProcess>().StartAsync(user ?? Sender, Folder, CancellationToken.None);
        while (!import.IsCompleted)
        {
            await Runner.StepAsync(CancellationToken.None);
        }

        return (await import)?.View;
    }

    /// <summary>Works until nothing is due, not even after the time that is waited between two looks at a message.</summary>
    public async Task WorkAsync()
    {
        await rooms.ExecuteAsync("UPDATE import_objects SET due_at = UTC_TIMESTAMP(6) WHERE work <> 3");
        while (await Runner.StepAsync(CancellationToken.None))
        {
        }
    }

    public async Task<ImportView> ProgressAsync(ImportView import) =>
        (await rooms.Get<ImportStore>().FindAsync(new(Guid.Parse(import.ImportId)), CancellationToken.None))!.View;

    /// <summary>The names in a bucket after the test's folder, in the error bucket with the folder of their reason before them.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string bucket)
    {
        var names = new List<string>();
        await foreach (var found in Storage.ListAsync(bucket, "", CancellationToken.None))
        {
            if (found.Name.Contains(Folder, StringComparison.Ordinal))
            {
                names.Add(found.Name.Replace(Folder, "", StringComparison.Ordinal));
            }
        }

        return names;
    }

    public async Task<byte[]> ReadAsync(string bucket, string name)
    {
        using var content = await Storage.GetAsync(new StorageLocation(bucket, Folder + name), null, CancellationToken.None);
        using var bytes = new MemoryStream();
        await content!.Stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Copies an object as a move does before it deletes the source.</summary>
    public Task CopyAsync(string name, string bucket) => Storage.RewriteAsync(
        new StorageLocation(Source, Folder + name), null, new StorageLocation(bucket, Folder + name), CancellationToken.None);

    /// <summary>How many messages of the test there are.</summary>
    public Task<int> MessagesAsync() => rooms.ReadAsync<int>(
        "SELECT COUNT(*) FROM messages WHERE message_key LIKE CONCAT('%', @folder, '%')", new { folder = Folder.TrimEnd('/') });
}
