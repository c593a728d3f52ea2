using EnergyLoad.MySql;
using EnergyLoad.SendApi.Import;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>The objects of the bucket that messages were imported from, and where each of them goes.</summary>
internal sealed class ImportOrigins(Database database, IOptions<ImportOptions> options)
{
    private const string ObjectsOf = """
        SELECT send_id, name, generation FROM import_objects FORCE INDEX (by_send_id) WHERE send_id IN @ids AND duplicate = 0
        """;

    private readonly ImportOptions _options = options.Value;

    /// <summary>Finds the origins of messages; one that was pushed has none.</summary>
    public async Task<IReadOnlyDictionary<Guid, ImportOrigin>> FindAsync(IReadOnlyCollection<ToldOutcome> outcomes)
    {
        var told = outcomes.ToLookup(outcome => outcome.SendId);
        var ids = told.Select(group => group.Key.ToByteArray(bigEndian: true));
        var rows = await database.QueryAsync<(byte[] SendId, string Name, long Generation)>(ObjectsOf, new { ids }, CancellationToken.None);
        return rows.DistinctBy(row => new Guid(row.SendId, bigEndian: true)).ToDictionary(
            row => new Guid(row.SendId, bigEndian: true),
            row => OriginOf(row.Name, row.Generation, told[new Guid(row.SendId, bigEndian: true)].Last()));
    }

    private ImportOrigin OriginOf(string name, long generation, ToldOutcome told) => told.State == MessageState.Delivered
        ? new(_options.SourceBucket, name, _options.SuccessBucket, name)
        : new(_options.SourceBucket, name, _options.ErrorBucket, ErrorPath.Of(_options.ErrorPrefix, told.Reason, name, generation));
}

/// <summary>Where a message was imported from.</summary>
internal sealed record ImportOrigin(string OriginalBucket, string OriginalPath, string DestinationBucket, string DestinationPath);
