using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>The refusals of resends.</summary>
internal static class ResendProblems
{
    public static readonly ProblemType Invalid =
        new(nameof(ReasonCode.InvalidResend), StatusCodes.Status422UnprocessableEntity, "Not a valid resend");

    public static readonly ProblemType Ended = new(nameof(ReasonCode.ResendEnded), StatusCodes.Status409Conflict, "The resend has ended");

    private static readonly ProblemType OnItsWay =
        new(nameof(ReasonCode.StillOnItsWay), StatusCodes.Status409Conflict, "The message is still on its way");
    private static readonly ProblemType NoneRejected =
        new(nameof(ReasonCode.NoRejectedReadings), StatusCodes.Status409Conflict, "No reading is rejected");
    private static readonly ProblemType Newer =
        new(nameof(ReasonCode.NewerMessages), StatusCodes.Status409Conflict, "Newer messages overlap");

    /// <summary>Why a message is not resent.</summary>
    public static Problem Of(ReasonCode code, params IEnumerable<ResendItem> items) => code switch
    {
        ReasonCode.StillOnItsWay => new Problem(OnItsWay, "It is delivered without a resend."),
        ReasonCode.NoRejectedReadings => new Problem(NoneRejected, "Resend the whole message instead."),
        _ => new Problem(
            Newer, "An old value would overwrite a newer one. Ask with force to do it all the same.", [.. items.Select(NewerOf)]),
    };

    private static ProblemError NewerOf(ResendItem item) =>
        new("/force", Newer.Code, $"{item.SendId} ({item.MessageId}) is older than {string.Join(", ", item.Newer)}.");
}
