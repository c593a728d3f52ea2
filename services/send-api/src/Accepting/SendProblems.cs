using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>The refusals of the push route.</summary>
internal static class SendProblems
{
    public static readonly ProblemType InvalidJson = new(
        nameof(ReasonCode.InvalidJson), StatusCodes.Status400BadRequest, "The body is not JSON");
    public static readonly ProblemType InvalidMessage = new(
        nameof(ReasonCode.InvalidMessage), StatusCodes.Status422UnprocessableEntity, "Not a valid message");
    public static readonly ProblemType Conflict =
        new(nameof(ReasonCode.MessageIdConflict), StatusCodes.Status409Conflict, "Other bytes were pushed under this messageId");

    public static ProblemError ConflictError(SendId first) =>
        new(
            "/header/messageId",
            nameof(ReasonCode.MessageIdConflict),
            $"The first message under this messageId is {first}; it stays as it is.");
}
