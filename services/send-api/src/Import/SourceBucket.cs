using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Import;

/// <summary>Lists the source bucket, reads from it, and moves objects out of it.</summary>
internal sealed class SourceBucket(StorageBucket storage, IOptions<ImportOptions> options, IOptions<ServiceOptions> service)
{
    private readonly ImportOptions _options = options.Value;
    private readonly int _limit = service.Value.MaximumBodyBytes;

    /// <summary>Lists the objects whose names start so. The empty ones that end in a slash are what consoles show as folders.</summary>
    public IAsyncEnumerable<StorageObject> ListAsync(string prefix, CancellationToken cancellationToken) =>
        storage.ListAsync(_options.SourceBucket, prefix, cancellationToken).Where(found => !found.Name.EndsWith('/') || found.Size > 0);

    /// <summary>Reads the content that was seen, up to what a push may hold.</summary>
    public async Task<ObjectContent> ReadAsync(ImportedObject imported, CancellationToken cancellationToken)
    {
        using var content = await storage.GetAsync(Source(imported), imported.Generation, cancellationToken);
        if (content is null)
        {
            return new ObjectContent.Gone();
        }

        try
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[81_920];
            int read;
            while ((read = await content.Stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (bytes.Length > _limit)
                {
                    return new ObjectContent.TooLarge();
                }
            }

            return new ObjectContent.Read(bytes.ToArray());
        }
        catch (InvalidDataException)
        {
            return new ObjectContent.Unreadable();
        }
    }

    /// <summary>
    /// Copies, then deletes, this content and no newer one. Done again after a crash at any point it ends the same: the copy is made
    /// over itself, and a source that is gone was moved before.
    /// </summary>
    public async Task MoveAsync(ImportedObject imported, CancellationToken cancellationToken)
    {
        if (await storage.RewriteAsync(Source(imported), imported.Generation, TargetOf(imported), cancellationToken) is not null)
        {
            await storage.DeleteAsync(Source(imported), imported.Generation, cancellationToken);
        }
    }

    private StorageLocation Source(ImportedObject imported) => new(_options.SourceBucket, imported.Name);

    private StorageLocation TargetOf(ImportedObject imported) => imported.State == ImportState.Delivered
        ? new StorageLocation(_options.SuccessBucket, imported.Name)
        : new StorageLocation(_options.ErrorBucket, ErrorPath.Of(_options.ErrorPrefix, imported));
}
