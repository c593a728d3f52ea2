using System.Data.Common;
using System.Text;
using System.Text.Json;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>Resends by filter: asked for, listed, followed and stopped here; the drain works them off.</summary>
internal sealed class ResendJobStore(Database database, ResendStore resends, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>What a <see cref="ResendJobRow"/> is read from.</summary>
    public const string Columns = """
        id, user_id, username, own_only, filter, rejected_only, forced, state, up_to, last_id, examined, resent, skipped,
        started_at, finished_at
        """;

    private const int ListedAtMost = 100;

    private const string Insert = """
        INSERT INTO resend_jobs (id, user_id, username, own_only, filter, rejected_only, forced, last_id, started_at)
        VALUES (@id, @userId, @username, @ownOnly, @filter, @rejectedOnly, @forced, @id, UTC_TIMESTAMP(6))
        """;

    private const string Find = $"SELECT {Columns} FROM resend_jobs WHERE id = @id";
    private const string Stop = "UPDATE resend_jobs SET state = 2, finished_at = UTC_TIMESTAMP(6) WHERE id = @id AND state = 0";

    /// <summary>What would be sent, newest first, with what stands in the way.</summary>
    public async Task<ResendResult> ListAsync(SearchFilter filter, Resend resend, CancellationToken cancellationToken)
    {
        var parameters = await SearchSql.ParametersAsync(filter, database.QueryAsync<string?>, cancellationToken);
        parameters["most"] = ListedAtMost + 1;
        var sql = $"SELECT STRAIGHT_JOIN s.id {SearchSql.Of(filter)} ORDER BY s.id DESC LIMIT @most";
        var ids = await database.QueryAsync<byte[]>(sql, parameters, cancellationToken);
        var items = new List<ResendItem>(ids.Count);
        foreach (var id in ids.Take(ListedAtMost))
        {
            switch (await resends.ResendAsync(SendId.FromBytes(id), resend, dryRun: true, AuditContext.None, cancellationToken))
            {
                case ResendOutcome.Listed listed:
                    items.Add(listed.Item);
                    break;
                case ResendOutcome.Refused refused:
                    items.Add(refused.Item with { Obstacle = refused.Code.ToString() });
                    break;
                default:
                    // It was removed meanwhile.
                    break;
            }
        }

        return new ResendResult(items, 0, DryRun: true) { More = ids.Count > ListedAtMost };
    }

    /// <summary>Keeps the wish, and writes it into the audit log; what was accepted until now is resent.</summary>
    public Task<ResendJob> StartAsync(
        MessageFilter filter, Resend resend, CurrentUser user, AuditContext context, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                var id = SendId.Batch(timeProvider.GetUtcNow(), 1)[0].ToBytes();
                var json = JsonSerializer.SerializeToUtf8Bytes(filter, ResendJson.Default.MessageFilter);
                var row = new
                {
                    id,
                    userId = user.UserId,
                    username = user.Username,
                    ownOnly = resend.Owner is not null,
                    filter = json,
                    rejectedOnly = resend.Part == ResendPart.RejectedReadings,
                    forced = resend.Force,
                };
                await transaction.ExecuteAsync(Insert, row, token);
                var job = (await transaction.QueryAsync<ResendJobRow>(Find, new { id }, token)).Single().ToView();
                await audit.RecordAsync(transaction, AuditEvent.ResendStarted(context, job.JobId, Encoding.UTF8.GetString(json)), token);
                return job;
            },
            cancellationToken);

    /// <summary>Reads a job; null when there is none of that id, or it is not the user's to see.</summary>
    public async Task<ResendJob?> FindAsync(string jobId, CurrentUser user, CancellationToken cancellationToken) =>
        SendId.TryParse(jobId, out var id)
        && await database.QueryAsync<ResendJobRow>(Find, new { id = id.ToBytes() }, cancellationToken) is [var row]
        && user.MaySee(row.Username)
            ? row.ToView()
            : null;

    /// <summary>Stops a job where it is.</summary>
    /// <returns>False when it had ended.</returns>
    public Task<bool> StopAsync(ResendJob job, AuditContext context, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => StopAsync(transaction, job, context, token), cancellationToken);

    private async Task<bool> StopAsync(DbTransaction transaction, ResendJob job, AuditContext context, CancellationToken cancellationToken)
    {
        if (await transaction.ExecuteAsync(Stop, new { id = new SendId(Guid.Parse(job.JobId)).ToBytes() }, cancellationToken) == 0)
        {
            return false;
        }

        await audit.RecordAsync(transaction, AuditEvent.ResendStopped(context, job.JobId), cancellationToken);
        return true;
    }
}
