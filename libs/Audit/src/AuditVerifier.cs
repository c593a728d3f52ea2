using System.Data;
using Dapper;
using EnergyLoad.Audit.Anchoring;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Verification;
using EnergyLoad.MySql;

namespace EnergyLoad.Audit;

/// <summary>Reads the whole log, while it is being written to, and says where it is not what was written.</summary>
public sealed class AuditVerifier
{
    private const string ForeignLane =
        "SELECT lane, MIN(seq) AS seq FROM access_log WHERE lane >= @lanes GROUP BY lane ORDER BY lane LIMIT 1";
    private readonly Database _database;
    private readonly AuditKeys _keys;
    private readonly AnchorStore _anchors;
    private readonly RowCheck _rows;

    internal AuditVerifier(Database database, AuditKeys keys, AnchorStore anchors) =>
        (_database, _keys, _anchors, _rows) = (database, keys, anchors, new RowCheck(keys));

    /// <summary>Verifies every lane against itself, its head, its checkpoint, and the anchors.</summary>
    /// <param name="anchorsOutside">
    /// Anchors as they were kept outside the database; without any, those in the database alone are compared.
    /// </param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public async Task<AuditVerification> VerifyAsync(IAsyncEnumerable<AnchorObject> anchorsOutside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchorsOutside);

        // Anchors first: a lane that is read later can only have come farther than they say.
        var anchors = await ReadAnchorsAsync(anchorsOutside, cancellationToken);
        var findings = new List<AuditFinding>(
            anchors.Forged == 0 ? [] : [new(AuditFindingKind.AnchorForged, -1, 0, $"{anchors.Forged} anchors were not made by the log.")]);
        var rows = 0L;
        for (var lane = 0; lane < LaneWriter.Lanes; lane++)
        {
            var (count, finding) = await VerifyLaneAsync(lane, anchors[lane], cancellationToken);
            rows += count;
            findings.AddRange(finding is null ? [] : [finding]);
        }

        findings.AddRange(await FindForeignLaneAsync(cancellationToken));
        return new AuditVerification(rows, anchors.Outside, anchors.NewestOutside, findings);
    }

    private async Task<AnchorBook> ReadAnchorsAsync(IAsyncEnumerable<AnchorObject> anchorsOutside, CancellationToken cancellationToken)
    {
        var book = new AnchorBook(_keys);
        await foreach (var anchor in anchorsOutside.WithCancellation(cancellationToken))
        {
            book.AddOutside(anchor.Content.Span);
        }

        await foreach (var content in _anchors.ReadAllAsync(cancellationToken))
        {
            book.Add(content);
        }

        return book;
    }

    private async Task<(long Rows, AuditFinding? Finding)> VerifyLaneAsync(
        int lane, LaneAnchors anchors, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);

        // One view of head, checkpoint and rows, however long the walk takes.
        await using var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var reader = new LaneReader(view, lane);
        var head = await reader.ReadHeadAsync(cancellationToken);
        var checkpoint = await reader.ReadCheckpointAsync(cancellationToken);
        if (checkpoint?.IsGenuine(_keys) == false)
        {
            return (0, checkpoint.ForgedFinding());
        }

        var rows = 0L;
        var walk = new LaneWalk(_rows, checkpoint?.State ?? new LaneState { Lane = lane }, anchors);
        await foreach (var row in reader.ReadRowsAsync(0, cancellationToken))
        {
            rows++;
            if (walk.Step(row) is { } finding)
            {
                return (rows, finding);
            }
        }

        return (rows, walk.End(head));
    }

    private async Task<IEnumerable<AuditFinding>> FindForeignLaneAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        var foreign = await connection.QueryAsync<LaneState>(
            new CommandDefinition(ForeignLane, new { lanes = LaneWriter.Lanes }, cancellationToken: cancellationToken));
        return foreign.Select(row => new AuditFinding(AuditFindingKind.Foreign, row.Lane, row.Seq, $"There is no lane {row.Lane}."));
    }
}
