using System.Collections.Frozen;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>The reason catalogue: what each code means, who must act, and whether a resend helps.</summary>
internal static class Reasons
{
    private const string Sender = "The sender corrects the message and pushes it again.";
    private const string Nobody = "Nobody; the message was accepted as it is.";
    private const string Operator = "The operator checks e-Sight's address and credentials; delivery goes on by itself then.";
    private const string Wait = "Nobody; it is tried again by itself.";
    private const string Content = "The sender or e-Sight's support: e-Sight judged the content.";

    private static readonly FrozenDictionary<ReasonCode, Reason> Catalogue =
        Entries().ToFrozenDictionary(entry => entry.Code, entry => entry.Reason);

    public static IEnumerable<Reason> All => Catalogue.OrderBy(entry => entry.Key).Select(entry => entry.Value);

    public static Reason Of(ReasonCode code) => Catalogue[code];

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Entries() =>
        Refusals().Concat(Requests()).Concat(Warnings()).Concat(Answers()).Concat(Transport());

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Refusals()
    {
        (ReasonCode, Reason) Refusal(ReasonCode code, string meaning) =>
            (code, new Reason(code.ToString(), "send-api", meaning, Sender, false));
        yield return Refusal(
            ReasonCode.InvalidJson, "The body is not JSON as RFC 8259 has it: UTF-8 without a byte order mark, nothing after the value.");
        yield return Refusal(ReasonCode.InvalidMessage, "The JSON is not a message.");
        yield return Refusal(ReasonCode.EmptyBatch, "The batch holds no message.");
        yield return Refusal(ReasonCode.TooManyMessages, "The batch holds more messages than one request may.");
        yield return Refusal(ReasonCode.NoGatewayTypeUrn, "header.gatewayTypeUrn is missing.");
        yield return Refusal(ReasonCode.NoGatewayUrn, "header.gatewayUrn is missing.");
        yield return Refusal(ReasonCode.NoMessageId, "header.messageId is missing.");
        yield return Refusal(ReasonCode.NoDatapointValues, "gatewayData.datapointValues is missing or empty.");
        yield return Refusal(ReasonCode.NoLocalMarket, "gatewayTypeUrn does not name a local market.");
        yield return Refusal(ReasonCode.NoDataFeedType, "gatewayTypeUrn does not name a data feed type.");
        yield return Refusal(ReasonCode.NoMeterIDInJson, "gatewayUrn does not end in a meter id.");
        yield return Refusal(ReasonCode.NoSiteIDInJson, "gatewayUrn does not name a site id before the meter id.");
        yield return Refusal(ReasonCode.NoMessageType, "messageType is missing.");
        yield return Refusal(ReasonCode.InvalidGatewayTypeUrn, "gatewayTypeUrn does not start with urn:esight:assets:edm:.");
        yield return Refusal(ReasonCode.NoDatapointKey, "A reading has no datapointKey.");
        yield return Refusal(ReasonCode.InvalidReading, "A reading is not an object.");
        yield return Refusal(ReasonCode.InvalidValue, "A reading's value is missing, not a number, or larger than any meter's.");
        yield return Refusal(ReasonCode.InvalidTimestamp, "A reading's tsIso8601 is missing or not a date-time with an offset or Z.");
        yield return Refusal(ReasonCode.TimestampOutOfRange, "A reading's instant lies outside 1990 to 2099.");
        yield return Refusal(ReasonCode.TextTooLong, "A text is longer than its limit.");
        yield return Refusal(ReasonCode.TooManyReadings, "The message holds more readings than one message may.");
        yield return Refusal(ReasonCode.DuplicateMember, "A member stands twice in its object.");
        yield return Refusal(ReasonCode.MessageIdConflict, "The sender pushed other bytes under this messageId before; those stay.");
        yield return Refusal(ReasonCode.ObjectTooLarge, "The object in the bucket has more bytes than a request may.");
        yield return Refusal(
            ReasonCode.ObjectGone, "The object was deleted or replaced before it was read; what replaced it is taken by the next import.");
    }

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Requests()
    {
        (ReasonCode, Reason) Request(ReasonCode code, string meaning, string action) =>
            (code, new Reason(code.ToString(), "send-api", meaning, action, false));
        yield return Request(ReasonCode.InvalidQuery, "A parameter of the query is not valid.", "The caller corrects it.");
        yield return Request(
            ReasonCode.TooLateToCancel,
            "The message is with e-Sight, on its way there, or in a final state.",
            "Nobody; its status says what became of it.");
        yield return Request(ReasonCode.InvalidResend, "The wish for a resend is not valid.", "The caller corrects it.");
        yield return Request(
            ReasonCode.StillOnItsWay,
            "The message is not delivered yet: it is sent without a resend.",
            "Nobody; delivery goes on by itself.");
        yield return Request(
            ReasonCode.NoRejectedReadings, "None of the message's readings is rejected.", "Nobody; the whole message can be resent.");
        yield return Request(
            ReasonCode.NewerMessages, "Newer messages of the same meter overlap it; an old value would overwrite a newer one.",
            "The caller looks at them, and asks with force if the old values are the right ones.");
        yield return Request(ReasonCode.ResendEnded, "The resend has ended and cannot be stopped.", "Nobody.");
    }

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Warnings()
    {
        (ReasonCode, Reason) Warning(ReasonCode code, string meaning) =>
            (code, new Reason(code.ToString(), "send-api", meaning, Nobody, false));
        yield return Warning(ReasonCode.FutureInstant, "A reading's instant lies in the future.");
        yield return Warning(ReasonCode.RepeatedInstant, "A reading's instant stands more than once in the message.");
        yield return Warning(ReasonCode.NegativeConsumption, "A reading of a consumption feed is negative.");
        yield return Warning(ReasonCode.UnusualMessageId, "messageId does not start with the feed and the market.");
    }

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Answers()
    {
        (ReasonCode, Reason) Answer(ReasonCode code, string meaning, string action, bool resendHelps = false) =>
            (code, new Reason(code.ToString(), "e-Sight", meaning, action, resendHelps));
        yield return Answer(ReasonCode.Success, "e-Sight received the message.", "Nobody.");
        yield return Answer(ReasonCode.BadRequest, "e-Sight refused the content (400).", Content);
        yield return Answer(ReasonCode.RequestEntityTooLarge, "e-Sight found the message too large (413).", Content);
        yield return Answer(ReasonCode.UnprocessableEntity, "e-Sight refused the content (422).", Content);
        yield return Answer(ReasonCode.Unauthorized, "e-Sight did not take our credentials (401).", Operator, true);
        yield return Answer(ReasonCode.Forbidden, "e-Sight does not allow this to our account (403).", Operator, true);
        yield return Answer(ReasonCode.NotFound, "e-Sight does not have the configured address (404).", Operator, true);
        yield return Answer(ReasonCode.MethodNotAllowed, "e-Sight's address does not take a POST (405).", Operator, true);
        yield return Answer(ReasonCode.NotAcceptable, "e-Sight refused the request's headers (406).", Operator, true);
        yield return Answer(ReasonCode.Conflict, "e-Sight holds another message under this messageId (409).", Operator);
        yield return Answer(ReasonCode.Gone, "e-Sight's address is gone (410).", Operator, true);
        yield return Answer(ReasonCode.LengthRequired, "e-Sight asks for a content length (411).", Operator, true);
        yield return Answer(ReasonCode.PreconditionFailed, "e-Sight found a precondition unmet (412).", Operator, true);
        yield return Answer(ReasonCode.UnsupportedMediaType, "e-Sight does not take JSON here (415).", Operator, true);
        yield return Answer(ReasonCode.RequestedRangeNotSatisfiable, "e-Sight answered 416.", Operator, true);
        yield return Answer(ReasonCode.UnexpectedStatus, "e-Sight answered with a status that its contract does not have.", Operator, true);
        yield return Answer(ReasonCode.Locked, "e-Sight has locked the resource (423).", Wait, true);
        yield return Answer(ReasonCode.TooManyRequests, "e-Sight asks us to slow down (429).", Wait, true);
        yield return Answer(ReasonCode.InternalServerError, "e-Sight failed (500).", Wait, true);
        yield return Answer(ReasonCode.NotImplemented, "e-Sight answered 501.", Wait, true);
        yield return Answer(ReasonCode.ServiceUnavailable, "e-Sight is not available (503).", Wait, true);
        yield return Answer(ReasonCode.GatewayTimeout, "e-Sight timed out behind its gateway (504).", Wait, true);
        yield return Answer(ReasonCode.InsufficientStorage, "e-Sight has no room (507).", Wait, true);
        yield return Answer(ReasonCode.BandwidthLimitExceeded, "e-Sight's bandwidth is used up (509).", Wait, true);
        yield return Answer(
            ReasonCode.NoMeterId,
            "The meter is not in e-Sight's list.",
            "The meter is created in e-Sight; the message is released by itself then.",
            true);
        yield return Answer(
            ReasonCode.NoSiteId,
            "The site is not in e-Sight's list.",
            "The site is created in e-Sight; the message is released by itself then.",
            true);
        yield return Answer(ReasonCode.RejectedByReport, "An error report of e-Sight's names readings of the message.", Content);
        yield return Answer(
            ReasonCode.DeliveredByReport,
            "An error report about the message came before e-Sight's answer: it proves the receipt.",
            "Nobody.");
        yield return Answer(
            ReasonCode.DeliveredBefore, "e-Sight answered 409 after an attempt without an answer: it has the message.", "Nobody.");
    }

    private static IEnumerable<(ReasonCode Code, Reason Reason)> Transport()
    {
        (ReasonCode, Reason) Step(ReasonCode code, string meaning, string action, bool resendHelps) =>
            (code, new Reason(code.ToString(), "transport", meaning, action, resendHelps));
        yield return Step(ReasonCode.ConnectFailed, "e-Sight could not be reached.", Wait, true);
        yield return Step(
            ReasonCode.NoAnswer,
            "The message went out and no answer came: e-Sight may have it; it is sent again under the same messageId.",
            Wait,
            true);
        yield return Step(
            ReasonCode.GaveUp, "Every try of the schedule failed.", "The operator resends it when the cause is mended.", true);
        yield return Step(ReasonCode.CancelledByUser, "The message was cancelled before its delivery.", "Nobody.", false);
        yield return Step(
            ReasonCode.RejectionStorm,
            "Messages of many meters in a row were rejected alike: delivery is held, so that the backlog is not burnt.",
            "The operator clears it up with e-Sight and resumes; a single message now and then tries whether it is over.", true);
    }
}
