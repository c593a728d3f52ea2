using System.Runtime.CompilerServices;
using EnergyLoad.Audit;
using EnergyLoad.GoogleCloud;

namespace EnergyLoad.Auth.Anchors;

/// <summary>Keeps the heads of the audit log in a bucket whose retention is locked, and reads those of the last days back.</summary>
internal sealed class AuditBucket(StorageBucket storage, string bucket, TimeProvider timeProvider)
{
    private const string MediaType = "application/json";
    private const long OnlyIfAbsent = 0;
    private const int DaysRead = 3;

    public async Task KeepAsync(AnchorObject anchor, CancellationToken cancellationToken)
    {
        var location = new StorageLocation(bucket, anchor.Name);
        var insertion = await storage.InsertAsync(location, anchor.Content, MediaType, OnlyIfAbsent, cancellationToken);
        if (insertion is StorageInsertion.PreconditionFailed)
        {
            throw new InvalidOperationException($"Another anchor is kept as {location}.");
        }
    }

    public async IAsyncEnumerable<AnchorObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var day = 0; day < DaysRead; day++)
        {
            var prefix = AnchorObject.PrefixOf(timeProvider.GetUtcNow().AddDays(-day));
            await foreach (var found in storage.ListAsync(bucket, prefix, cancellationToken))
            {
                using var content = await storage.GetAsync(new StorageLocation(bucket, found.Name), found.Generation, cancellationToken);
                using var bytes = new MemoryStream();
                await (content?.Stream ?? Stream.Null).CopyToAsync(bytes, cancellationToken);
                yield return new AnchorObject(found.Name, bytes.ToArray());
            }
        }
    }
}
