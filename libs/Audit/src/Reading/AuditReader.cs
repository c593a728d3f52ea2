using Dapper;
using EnergyLoad.Audit.Chain;
using EnergyLoad.MySql;

namespace EnergyLoad.Audit.Reading;

/// <summary>Reads the log, newest first.</summary>
internal sealed class AuditReader(Database database)
{
    private const string Select = $"SELECT {LogColumns.All} FROM access_log WHERE TRUE";
    private const string ByUser = " AND actor_id = @User";
    private const string AboutUser = " AND target_id = @User";
    private const string OfType = " AND type = @Type";
    private const string FromTime = " AND at >= @From";
    private const string ToTime = " AND at < @To";

    private const string AfterCursor = """
         AND at <= TIMESTAMPADD(MICROSECOND, @At, '1970-01-01')
         AND (at < TIMESTAMPADD(MICROSECOND, @At, '1970-01-01') OR lane < @Lane OR (lane = @Lane AND seq < @Seq))
        """;

    private const string NewestFirst = " ORDER BY access_log.at DESC, lane DESC, seq DESC LIMIT @Most";

    // The columns' own at: microseconds, in the same order.
    private const string NewestOfBoth = " ORDER BY at DESC, lane DESC, seq DESC LIMIT @Most";

    public async Task<IReadOnlyList<AuditRow>> ReadAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        // Each half of the union has its index; with OR the server would walk the whole log for a user who did little.
        var sql = filter.User is null
            ? Page(filter, "")
            : $"({Page(filter, ByUser)}) UNION ({Page(filter, AboutUser)}){NewestOfBoth}";
        var parameters = new
        {
            filter.Type,
            filter.User,
            filter.From,
            filter.To,
            filter.Cursor?.At,
            filter.Cursor?.Lane,
            filter.Cursor?.Seq,
            Most = filter.Limit + 1,
        };
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<AuditRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }

    private static string Page(AuditFilter filter, string user) => string.Concat(
        Select,
        user,
        filter.Type is null ? "" : OfType,
        filter.From is null ? "" : FromTime,
        filter.To is null ? "" : ToTime,
        filter.Cursor is null ? "" : AfterCursor,
        NewestFirst);
}
