using System.Data.Common;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>Works off resends by filter, a batch and its progress in one commit: a crash neither loses nor repeats any.</summary>
internal sealed class ResendJobRunner(Database database, ResendStore resends)
{
    private const int AtOnce = 20;

    // Oldest job first; one job is worked on by one instance at a time.
    private const string LockNext =
        $"SELECT {ResendJobStore.Columns} FROM resend_jobs WHERE state = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";

    private const string Progress = """
        UPDATE resend_jobs SET up_to = @upTo, examined = examined + @examined, resent = resent + @resent, skipped = skipped + @skipped,
          state = IF(@last, 1, 0), finished_at = IF(@last, UTC_TIMESTAMP(6), NULL)
        WHERE id = @id
        """;

    /// <summary>Does one batch.</summary>
    /// <returns>False when there was nothing to do.</returns>
    public Task<bool> StepAsync(CancellationToken cancellationToken) => database.InTransactionAsync(StepAsync, cancellationToken);

    private async Task<bool> StepAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (await transaction.QueryAsync<ResendJobRow>(LockNext, null, cancellationToken) is not [var job])
        {
            return false;
        }

        // Ids of acceptance, oldest first: of two that overlap the newer one is sent last again.
        var owner = job.OwnOnly ? job.Username : null;
        var resend = new Resend(job.RejectedOnly ? ResendPart.RejectedReadings : ResendPart.All, job.Forced, owner, job.UserId, job.Id);
        var ids = await NextAsync(transaction, job, owner, cancellationToken);
        var resent = 0;
        foreach (var id in ids)
        {
            var outcome = await resends.ResendAsync(transaction, SendId.FromBytes(id), resend, dryRun: false, cancellationToken);
            resent += outcome is ResendOutcome.Resent ? 1 : 0;
        }

        var progress = new
        {
            id = job.Id,
            upTo = ids.Count == 0 ? job.UpTo : ids[^1],
            examined = ids.Count,
            resent,
            skipped = ids.Count - resent,
            last = ids.Count < AtOnce,
        };
        await transaction.ExecuteAsync(Progress, progress, cancellationToken);
        return true;
    }

    private static async Task<List<byte[]>> NextAsync(
        DbTransaction transaction, ResendJobRow job, string? owner, CancellationToken cancellationToken)
    {
        var filter = JsonSerializer.Deserialize(job.Filter, ResendJson.Default.MessageFilter)!.Read(owner, new QueryReading());
        var parameters = await SearchSql.ParametersAsync(filter, transaction.QueryAsync<string?>, cancellationToken);
        (parameters["upTo"], parameters["lastId"], parameters["most"]) = (job.UpTo, job.LastId, AtOnce);
        var sql = $"SELECT STRAIGHT_JOIN s.id {SearchSql.Of(filter)} AND s.id > @upTo AND s.id <= @lastId ORDER BY s.id LIMIT @most";
        return await transaction.QueryAsync<byte[]>(sql, parameters, cancellationToken);
    }
}
