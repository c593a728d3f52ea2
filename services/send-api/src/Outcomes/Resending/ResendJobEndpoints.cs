using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>The resend of all messages that match a filter.</summary>
internal static class ResendJobEndpoints
{
    public static void MapResendJobs(this RouteGroupBuilder resends)
    {
        resends.MapPost("/resend", StartAsync).WithName("ResendMessages");
        resends.MapGet("/resends/{jobId}", FindAsync).WithName("GetResend");
        resends.MapPost("/resends/{jobId}/cancel", StopAsync).WithName("CancelResend");
    }

    private static async Task<IResult> StartAsync(CurrentUser user, HttpContext context, ResendJobStore jobs, AuditLog audit, WakeUp wakeUp)
    {
        var (request, refusal) = await RequestJson.ReadAsync(context, ResendJson.Default.ResendRequest, ResendProblems.Invalid);
        if (request is null)
        {
            return refusal!;
        }

        var reading = new QueryReading();
        var filter = request.Filter.Read(user.OwnMessagesOnly(), reading);
        var part = reading.Word<ResendPart>("only", request.Only) ?? ResendPart.All;
        if (request.Filter.IsEmpty)
        {
            reading.Refuse("filter", "one condition or more");
        }

        if (reading.Faults.Count > 0)
        {
            return new Problem(ResendProblems.Invalid, errors: reading.Faults);
        }

        var resend = new Resend(part, request.Force, user.OwnMessagesOnly(), user.UserId);
        var list = request.Force && !request.DryRun ? null : await jobs.ListAsync(filter, resend, context.RequestAborted);
        if (list is not null && request.DryRun)
        {
            return JsonAnswer.Of(list, ResendJson.Default.ResendResult);
        }

        var older = list?.Items.Where(item => item is { Obstacle: null, Newer.Count: > 0 }).ToList() ?? [];
        return older.Count > 0
            ? await RefuseAsync(request, older, context, audit)
            : await AcceptedAsync(
                await jobs.StartAsync(request.Filter, resend, user, context.GetAuditContext(), context.RequestAborted), wakeUp);
    }

    private static async Task<IResult> RefuseAsync(ResendRequest request, List<ResendItem> older, HttpContext context, AuditLog audit)
    {
        await audit.TryRecordAsync(
            AuditEvent.ResendStartRefused(context.GetAuditContext(), request.Filter.ToString(), nameof(ReasonCode.NewerMessages)),
            context.RequestAborted);
        return ResendProblems.Of(ReasonCode.NewerMessages, older);
    }

    private static async Task<IResult> AcceptedAsync(ResendJob job, WakeUp wakeUp)
    {
        await wakeUp.AfterCommitAsync();
        return JsonAnswer.Of(
            job, ResendJson.Default.ResendJob, StatusCodes.Status202Accepted, $"/api/v1/service/send/resends/{job.JobId}");
    }

    private static async Task<IResult> FindAsync(
        string jobId, CurrentUser user, ResendJobStore jobs, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, user, cancellationToken) is { } job ? JsonAnswer.Of(job, ResendJson.Default.ResendJob) : NotFound();

    private static async Task<IResult> StopAsync(string jobId, CurrentUser user, HttpContext context, ResendJobStore jobs, AuditLog audit)
    {
        if (await jobs.FindAsync(jobId, user, context.RequestAborted) is not { } job)
        {
            return NotFound();
        }

        if (!await jobs.StopAsync(job, context.GetAuditContext(), context.RequestAborted))
        {
            await audit.TryRecordAsync(
                AuditEvent.ResendStopRefused(context.GetAuditContext(), job.JobId, ResendProblems.Ended.Code), context.RequestAborted);
            return new Problem(ResendProblems.Ended, "What it has resent is on its way.");
        }

        return JsonAnswer.Of((await jobs.FindAsync(job.JobId, user, context.RequestAborted))!, ResendJson.Default.ResendJob);
    }

    private static Problem NotFound() => new(ProblemTypes.NotFound, "There is no resend of this id.");
}
