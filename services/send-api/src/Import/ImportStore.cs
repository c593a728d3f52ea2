using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Import;

/// <summary>Keeps what was asked for, and says how far it is.</summary>
internal sealed class ImportStore(Database database, TimeProvider timeProvider)
{
    private const int ProblemsShown = 100;

    private const string InsertImport = """
        INSERT INTO imports (id, user_id, username, prefix, started_at) VALUES (@id, @userId, @username, @prefix, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE prefix = prefix
        """;

    // An object that an import has in its hands stays that import's: the same content is never taken twice.
    private const string InsertObjects = "INSERT INTO import_objects (id, import_id, name, generation, sender, due_at) VALUES ";
    private const string UnlessKnown = " ON DUPLICATE KEY UPDATE generation = generation";

    private const string EndListing = "UPDATE imports SET listed = 1 WHERE id = @id";

    // Whoever listed it died: what the listing did not reach is found by the next import.
    private const string EndLostListings = """
        UPDATE imports SET listed = 1 WHERE listed = 0 AND started_at < UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE
        """;

    private const string AnyWaiting = "SELECT 1 FROM import_objects WHERE import_id = @id AND state = 0 LIMIT 1";

    private const string FindImport = """
        SELECT i.username, i.listed, i.started_at, COUNT(o.id) AS objects, COALESCE(SUM(o.state = 0), 0) AS waiting,
          COALESCE(SUM(o.send_id IS NOT NULL AND o.duplicate = 0), 0) AS accepted, COALESCE(SUM(o.duplicate), 0) AS duplicates,
          COALESCE(SUM(o.state = 2), 0) AS refused, COALESCE(SUM(o.state = 3), 0) AS delivered, COALESCE(SUM(o.state = 4), 0) AS failed,
          COALESCE(SUM(o.state = 5), 0) AS gone, COALESCE(SUM(o.state <> 5 AND o.work = 3), 0) AS moved, MAX(o.ended_at) AS ended_at
        FROM imports i LEFT JOIN import_objects o ON o.import_id = i.id WHERE i.id = @id GROUP BY i.id, i.username, i.listed, i.started_at
        """;

    private const string FindProblems = """
        SELECT name, state, reason, send_id, errors FROM import_objects WHERE import_id = @id AND state IN (2, 4, 5) ORDER BY id LIMIT @most
        """;

    /// <summary>Adds objects of a listing to an import, which is made with the first of them.</summary>
    /// <returns>How many were new; the others are in the hands of earlier imports.</returns>
    public Task<int> AddAsync(
        SendId import, CurrentUser user, string prefix, StorageObject[] objects, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                var added = await InsertAsync(transaction, import, user, objects, token);
                if (added > 0)
                {
                    var row = new { id = import.ToBytes(), userId = user.UserId, username = user.Username, prefix };
                    await transaction.ExecuteAsync(InsertImport, row, token);
                }

                return added;
            },
            cancellationToken);

    /// <summary>Says that an import has all of its objects.</summary>
    public Task EndListingAsync(SendId import, CancellationToken cancellationToken) =>
        database.ExecuteAsync(EndListing, new { id = import.ToBytes() }, cancellationToken);

    /// <summary>Ends the listings whose instance died.</summary>
    public Task EndLostListingsAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(EndLostListings, null, cancellationToken);

    /// <summary>Whether an import has objects that are not taken yet.</summary>
    public async Task<bool> IsWaitingAsync(SendId import, CancellationToken cancellationToken) =>
        (await database.QueryAsync<int>(AnyWaiting, new { id = import.ToBytes() }, cancellationToken)).Count > 0;

    /// <summary>Reads how far an import is; null when there is none of that id.</summary>
    public Task<ImportProgress?> FindAsync(SendId import, CancellationToken cancellationToken) =>
        database.InSnapshotAsync(
            async (snapshot, token) =>
            {
                var id = import.ToBytes();
                if (await snapshot.QueryAsync<ImportRow>(FindImport, new { id }, token) is not [var row])
                {
                    return null;
                }

                var problems = row.Refused + row.Failed + row.Gone == 0
                    ? []
                    : await snapshot.QueryAsync<ProblemRow>(FindProblems, new { id, most = ProblemsShown }, token);
                return new ImportProgress(row.Username, row.Waiting, row.ToView(import, [.. problems.Select(problem => problem.ToView())]));
            },
            cancellationToken);

    private Task<int> InsertAsync(
        DbTransaction transaction, SendId import, CurrentUser user, StorageObject[] objects, CancellationToken cancellationToken)
    {
        var ids = SendId.Batch(timeProvider.GetUtcNow(), objects.Length);
        var parameters = new DynamicParameters(new { import = import.ToBytes(), sender = user.Username });
        var rows = new List<string>(objects.Length);
        foreach (var found in objects)
        {
            var n = rows.Count.ToString(CultureInfo.InvariantCulture);
            rows.Add($"(@i{n}, @import, @n{n}, @g{n}, @sender, UTC_TIMESTAMP(6))");
            parameters.Add($"i{n}", ids[rows.Count - 1].ToBytes());
            parameters.Add($"n{n}", found.Name);
            parameters.Add($"g{n}", found.Generation);
        }

        return transaction.ExecuteAsync($"{InsertObjects}{string.Join(", ", rows)}{UnlessKnown}", parameters, cancellationToken);
    }

    private sealed class ImportRow
    {
        public required string Username { get; init; }

        public required bool Listed { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        public required long Objects { get; init; }

        public required long Waiting { get; init; }

        public required long Accepted { get; init; }

        public required long Duplicates { get; init; }

        public required long Refused { get; init; }

        public required long Delivered { get; init; }

        public required long Failed { get; init; }

        public required long Gone { get; init; }

        public required long Moved { get; init; }

        public required DateTimeOffset? EndedAt { get; init; }

        public ImportView ToView(SendId import, IReadOnlyList<ImportProblem> problems)
        {
            var finished = Listed && Moved + Gone == Objects;
            return new ImportView(import.ToString(), finished ? "finished" : "running", StartedAt, finished ? EndedAt : null)
            {
                Objects = Objects, Accepted = Accepted, Duplicates = Duplicates, Refused = Refused,
                Delivered = Delivered, Failed = Failed, Gone = Gone, Moved = Moved, Problems = problems,
            };
        }
    }

    private sealed class ProblemRow
    {
        public required string Name { get; init; }

        public required ImportState State { get; init; }

        public required string? Reason { get; init; }

        public required byte[]? SendId { get; init; }

        public required byte[]? Errors { get; init; }

        public ImportProblem ToView() => new(
            Name,
            State.ToString().ToLowerInvariant(),
            Reason ?? nameof(ReasonCode.ObjectGone),
            SendId is null ? null : Accepting.SendId.FromBytes(SendId).ToString(),
            Errors is null ? null : JsonSerializer.Deserialize(Errors, ImportJson.Default.IReadOnlyListProblemError));
    }
}
