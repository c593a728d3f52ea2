using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>Reads one lane within a transaction that the caller gave one view of the data.</summary>
internal sealed class LaneReader(DbTransaction transaction, int lane)
{
    private const int PageSize = 1000;

    private const string Head = "SELECT lane, seq, mac FROM access_log_lanes WHERE lane = @lane";
    private const string CheckpointOf = "SELECT lane, seq, mac, key_id, seal FROM access_log_checkpoints WHERE lane = @lane";
    private const string Page = $"SELECT {LogColumns.All} FROM access_log WHERE lane = @lane AND seq > @after ORDER BY seq LIMIT @size";

    public Task<LaneState?> ReadHeadAsync(CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<LaneState>(Command(Head, new { lane }, cancellationToken));

    public Task<Checkpoint?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<Checkpoint>(Command(CheckpointOf, new { lane }, cancellationToken));

    public async Task<IReadOnlyList<AuditRow>> ReadPageAsync(long after, int size, CancellationToken cancellationToken) =>
        [.. await transaction.Connection!.QueryAsync<AuditRow>(Command(Page, new { lane, after, size }, cancellationToken))];

    public async IAsyncEnumerable<AuditRow> ReadRowsAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditRow> page;
        do
        {
            page = await ReadPageAsync(after, PageSize, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
                after = row.Seq;
            }
        }
        while (page.Count == PageSize);
    }

    private CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}
