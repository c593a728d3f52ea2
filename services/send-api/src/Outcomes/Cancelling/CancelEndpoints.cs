using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Cancelling;

/// <summary>The cancellation of a message.</summary>
internal static class CancelEndpoints
{
    private static readonly ProblemType TooLate =
        new(nameof(ReasonCode.TooLateToCancel), StatusCodes.Status409Conflict, "The message can no longer be cancelled");

    public static void AddCancelling(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CancelStore>();

    public static void MapCancelling(this RouteGroupBuilder messages) =>
        messages.MapPost("/{sendId}/cancel", CancelAsync).WithName("CancelMessage").RequireGatewayUser(Role.Root, Role.Admin, Role.Sender);

    private static async Task<IResult> CancelAsync(
        string sendId, CurrentUser user, HttpContext context, CancelStore store, StatusStore statuses, AuditLog audit, WakeUp wakeUp)
    {
        var outcome = SendId.TryParse(sendId, out var id)
            ? await store.CancelAsync(id, user.OwnMessagesOnly(), context.GetAuditContext(), context.RequestAborted)
            : new CancelOutcome.NotFound();
        switch (outcome)
        {
            case CancelOutcome.Cancelled:
                await wakeUp.AfterCommitAsync();
                return JsonAnswer.Of((await statuses.FindAsync(id, context.RequestAborted))!, SendJson.Default.MessageStatus);
            case CancelOutcome.TooLate late:
                await audit.TryRecordAsync(
                    AuditEvent.MessageCancellationRefused(context.GetAuditContext(), id.ToString(), TooLate.Code), context.RequestAborted);
                return new Problem(TooLate, $"The message is {StatusStore.NameOf(late.State)}, or on its way right now.");
            default:
                return new Problem(ProblemTypes.NotFound, "There is no message of this send id.");
        }
    }
}
