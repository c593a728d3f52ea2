using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>The resend of one message.</summary>
internal static class ResendEndpoints
{
    public static void AddResending(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PartialResend>();
        builder.Services.AddSingleton<ResendStore>();
        builder.Services.AddSingleton<ResendJobStore>();
        builder.Services.AddSingleton<ResendJobRunner>();
    }

    public static void MapResending(this RouteGroupBuilder messages)
    {
        var resends = messages.MapGroup("").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice, Role.Sender);
        resends.MapPost("/{sendId}/resend", ResendOneAsync).WithName("ResendMessage");
        resends.MapResendJobs();
    }

    private static async Task<IResult> ResendOneAsync(
        string sendId, CurrentUser user, HttpContext context, ResendStore store, AuditLog audit, WakeUp wakeUp)
    {
        var (options, refusal) = await RequestJson.ReadAsync(
            context, ResendJson.Default.ResendOptions, ResendProblems.Invalid, absent: new ResendOptions());
        if (options is null)
        {
            return refusal!;
        }

        var reading = new QueryReading();
        var part = reading.Word<ResendPart>("only", options.Only) ?? ResendPart.All;
        if (reading.Faults.Count > 0)
        {
            return new Problem(ResendProblems.Invalid, errors: reading.Faults);
        }

        var resend = new Resend(part, options.Force, user.OwnMessagesOnly(), user.UserId);
        var outcome = SendId.TryParse(sendId, out var id)
            ? await store.ResendAsync(id, resend, options.DryRun, context.GetAuditContext(), context.RequestAborted)
            : new ResendOutcome.NotFound();
        return await AnswerAsync(outcome, id, context, audit, wakeUp);
    }

    private static async Task<IResult> AnswerAsync(ResendOutcome outcome, SendId id, HttpContext context, AuditLog audit, WakeUp wakeUp)
    {
        switch (outcome)
        {
            case ResendOutcome.Resent resent:
                await wakeUp.AfterCommitAsync();
                context.Response.Headers.Location = $"/api/v1/service/send/{resent.Item.SendId}";
                return Result(new ResendResult([resent.Item], 1, DryRun: false), StatusCodes.Status202Accepted);
            case ResendOutcome.Listed listed:
                return Result(new ResendResult([listed.Item], 0, DryRun: true), StatusCodes.Status200OK);
            case ResendOutcome.Refused refused:
                await audit.TryRecordAsync(
                    AuditEvent.MessageResendRefused(context.GetAuditContext(), id.ToString(), refused.Code.ToString()),
                    context.RequestAborted);
                return ResendProblems.Of(refused.Code, refused.Item);
            default:
                return new Problem(ProblemTypes.NotFound, "There is no message of this send id.");
        }
    }

    private static IResult Result(ResendResult result, int status) =>
        JsonAnswer.Of(result, ResendJson.Default.ResendResult, status);
}
