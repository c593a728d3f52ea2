using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using EnergyLoad.Audit.Chain;
using EnergyLoad.MySql;

namespace EnergyLoad.Audit.Anchoring;

/// <summary>Takes one anchor per interval among all instances, by the database's clock.</summary>
internal sealed class AnchorStore(Database database, AuditKeys keys)
{
    private const int PageSize = 1000;

    private const string Newest = """
        SELECT COALESCE(MAX(number), 0) AS number, TIMESTAMPDIFF(MICROSECOND, MAX(at), UTC_TIMESTAMP(6)) AS age, UTC_TIMESTAMP(6) AS now
        FROM access_log_anchors
        """;

    // One statement, so that all heads are of one moment.
    private const string Heads = "SELECT lane, seq, mac FROM access_log_lanes ORDER BY lane";
    private const string Insert = "INSERT INTO access_log_anchors (number, at, content) VALUES (@Number, @At, @content)";
    private const string Page = "SELECT number, content FROM access_log_anchors WHERE number > @after ORDER BY number LIMIT @PageSize";

    public async Task<AnchorTurn> TakeAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var newest = await connection.QuerySingleAsync<NewestAnchor>(new CommandDefinition(Newest, cancellationToken: cancellationToken));
        if (newest.Age is { } age && TimeSpan.FromMicroseconds(age) < interval)
        {
            return new AnchorTurn(null, interval - TimeSpan.FromMicroseconds(age));
        }

        var heads = await connection.QueryAsync<LaneState>(new CommandDefinition(Heads, cancellationToken: cancellationToken));
        var anchor = AnchorDocument.Create(newest.Number + 1, newest.Now, [.. heads], keys);
        var taken = await TryInsertAsync(connection, anchor, cancellationToken);
        return new AnchorTurn(taken ? anchor.ToObject() : null, interval) { Height = anchor.Lanes.Sum(lane => lane.Seq) };
    }

    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var after = 0L;
        List<StoredAnchor> page;
        do
        {
            var parameters = new { after, PageSize };
            var command = new CommandDefinition(Page, parameters, cancellationToken: cancellationToken);
            page = (await connection.QueryAsync<StoredAnchor>(command)).AsList();
            foreach (var anchor in page)
            {
                yield return anchor.Content;
                after = anchor.Number;
            }
        }
        while (page.Count == PageSize);
    }

    private static async Task<bool> TryInsertAsync(DbConnection connection, AnchorDocument anchor, CancellationToken cancellationToken)
    {
        var parameters = new { anchor.Number, anchor.At, content = anchor.ToObject().Content.ToArray() };
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(Insert, parameters, cancellationToken: cancellationToken));
            return true;
        }
        catch (DbException exception) when (SqlErrors.IsDuplicateKey(exception))
        {
            return false;
        }
    }

    private sealed record StoredAnchor
    {
        public long Number { get; init; }

        public byte[] Content { get; init; } = [];
    }

    private sealed record NewestAnchor
    {
        public long Number { get; init; }

        public long? Age { get; init; }

        public DateTimeOffset Now { get; init; }
    }
}
