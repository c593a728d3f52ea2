using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>The reason catalogue: every code that this service gives.</summary>
internal static class Reasons
{
    private const string Source = "receive-api";
    private const string ESight = "e-Sight corrects the report and posts it again.";
    private const string Nobody = "Nobody: the report is kept as it is.";
    private const string Caller = "The caller corrects the request.";
    private const string Wait = "Nobody: try again after Retry-After.";

    private static readonly ProblemType[] Common =
    [
        ProblemTypes.BadRequest, ProblemTypes.Unauthorized, ProblemTypes.Forbidden, ProblemTypes.NotFound, ProblemTypes.MethodNotAllowed,
        ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.TooManyRequests, ProblemTypes.Unavailable,
    ];

    public static IReadOnlyList<Reason> All { get; } =
    [
        Refusal(ErrorReportProblems.EmptyJson.Code, "There is nothing in the body, or an empty value."),
        Refusal(ErrorReportProblems.InvalidJsonReceived.Code, "The body is not JSON, or not an error report; errors says why."),
        Refusal(ErrorReportProblems.LimitExceeded.Code, "The report is over a limit; errors says which."),
        Refusal("NotJson", "The body is not JSON, or something follows the JSON."),
        Refusal("ByteOrderMark", "The body starts with a byte order mark."),
        Refusal("NotUtf8", "The body is not UTF-8."),
        Refusal("DuplicateMember", "A name comes twice in one object."),
        Refusal("LoneSurrogate", "A text holds half of a surrogate pair."),
        Refusal("TooDeep", "The JSON is nested too deeply."),
        Refusal("RequiredMember", "A required member is missing."),
        Refusal("WrongType", "A required member is not of its type."),
        Refusal("EmptyId", "_id is empty."),
        Refusal("TooLong", "A text is longer than its limit."),
        Refusal("TooMany", "There are more items than one report may have."),
        .. Enum.GetValues<ReportMarks>().Where(mark => mark != ReportMarks.None).Select(mark => Mark(mark.Names()[0], MeaningOf(mark))),
        .. Enum.GetValues<ItemMarks>().Where(mark => mark is not (ItemMarks.None or ItemMarks.OddType or ItemMarks.Cut)).Select(
            mark => Mark(mark.ToString(), MeaningOf(mark))),
        Of(ErrorReportProblems.InvalidQuery, Caller),
        .. Common.Select(type => Of(type, type.Status is 429 or 503 ? Wait : Caller)),
        .. AuthProblemTypes.All.Select(type => Of(type, Caller)),
        Of(ProblemTypes.InternalError, "The operator finds the fault by the instance id."),
    ];

    private static string MeaningOf(ReportMarks mark) => mark switch
    {
        ReportMarks.MalformedMessageId => "messageId does not name feed, market and send id.",
        ReportMarks.MissingReceivedTsIso8601 => "header.received_tsIso8601 is missing.",
        ReportMarks.OddType => "A member is not of its usual type; it is kept as it was written.",
        ReportMarks.Cut => "A text is longer than the books keep; the archived report has all of it.",
        _ => throw new ArgumentOutOfRangeException(nameof(mark)),
    };

    private static string MeaningOf(ItemMarks mark) => mark switch
    {
        ItemMarks.NotAnObject => "An item is not an object.",
        ItemMarks.UnknownMember => "An item has a member that is not known here.",
        _ => $"An item has no {mark.ToString()["Missing".Length..]}.",
    };

    private static Reason Refusal(string code, string meaning) => new(code, Source, meaning, ESight, ResendHelps: false);

    private static Reason Mark(string code, string meaning) => new(code, Source, meaning, Nobody, ResendHelps: false);

    private static Reason Of(ProblemType type, string action) =>
        new(type.Code, Source, $"{type.Title}.", action, ResendHelps: type.Status is 429 or 503);
}
