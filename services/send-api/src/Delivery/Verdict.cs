using System.Net;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>What an answer of e-Sight's means for the message.</summary>
/// <param name="Outcome">The class of the attempt.</param>
/// <param name="Reason">Its code in the reason catalogue.</param>
/// <param name="Status">e-Sight's HTTP status; null when none came.</param>
/// <param name="RetryAfter">How long e-Sight asks us to wait; null when it does not.</param>
internal sealed record Verdict(AttemptOutcome Outcome, ReasonCode Reason, int? Status, TimeSpan? RetryAfter)
{
    /// <summary>Judges an answer.</summary>
    /// <param name="answer">How the POST ended.</param>
    /// <param name="afterUnknown">True when an earlier attempt went unanswered: a 409 then says that e-Sight has the message.</param>
    public static Verdict Of(ESightAnswer answer, bool afterUnknown) => answer switch
    {
        ESightAnswer.NotReached => new(AttemptOutcome.Retry, ReasonCode.ConnectFailed, null, null),
        ESightAnswer.NoAnswer => new(AttemptOutcome.Unknown, ReasonCode.NoAnswer, null, null),
        ESightAnswer.Answered { Status: HttpStatusCode.Conflict } when afterUnknown =>
            new(AttemptOutcome.Delivered, ReasonCode.DeliveredBefore, (int)HttpStatusCode.Conflict, null),
        ESightAnswer.Answered answered =>
            new(ClassOf((int)answered.Status), NameOf((int)answered.Status), (int)answered.Status, answered.RetryAfter),
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is no answer."),
    };

    private static AttemptOutcome ClassOf(int status) => status switch
    {
        >= 200 and < 300 => AttemptOutcome.Delivered,
        400 or 413 or 422 => AttemptOutcome.Rejected,
        408 or 423 or 425 or 429 or >= 500 => AttemptOutcome.Retry,
        _ => AttemptOutcome.Blocked,
    };

    private static ReasonCode NameOf(int status) => status switch
    {
        200 => ReasonCode.Success,
        400 => ReasonCode.BadRequest,
        401 => ReasonCode.Unauthorized,
        403 => ReasonCode.Forbidden,
        404 => ReasonCode.NotFound,
        405 => ReasonCode.MethodNotAllowed,
        406 => ReasonCode.NotAcceptable,
        409 => ReasonCode.Conflict,
        410 => ReasonCode.Gone,
        411 => ReasonCode.LengthRequired,
        412 => ReasonCode.PreconditionFailed,
        413 => ReasonCode.RequestEntityTooLarge,
        415 => ReasonCode.UnsupportedMediaType,
        416 => ReasonCode.RequestedRangeNotSatisfiable,
        422 => ReasonCode.UnprocessableEntity,
        423 => ReasonCode.Locked,
        429 => ReasonCode.TooManyRequests,
        500 => ReasonCode.InternalServerError,
        501 => ReasonCode.NotImplemented,
        503 => ReasonCode.ServiceUnavailable,
        504 => ReasonCode.GatewayTimeout,
        507 => ReasonCode.InsufficientStorage,
        509 => ReasonCode.BandwidthLimitExceeded,
        _ => ReasonCode.UnexpectedStatus,
    };
}
