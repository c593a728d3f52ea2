using System.Diagnostics;
using System.Security.Cryptography;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Refusals;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Takes what a request pushes to the commit, and turns the outcomes into its answer.</summary>
internal sealed class PushProcess(AcceptQueue queue, RefusalBook refusals, SendMetrics metrics)
{
    private const string AcceptedState = "accepted";

    /// <summary>Answers for one message.</summary>
    public async Task<IResult> TakeAsync(Pusher pusher, MessageReading reading)
    {
        switch (reading)
        {
            case MessageReading.Invalid invalid:
                await CountAsync(pusher, [RefusalOf(pusher.Name, reading, invalid.Errors)]);
                return Refuse(SendProblems.InvalidMessage, invalid.Errors);
            case MessageReading.Valid valid:
                LogSubject.IsMessage(sendId: null, valid.Message.MessageId);
                var outcome = await AcceptAsync(pusher, valid);
                await CountAsync(pusher, outcome is AcceptOutcome.Conflict conflict
                    ? [RefusalOf(pusher.Name, reading, [SendProblems.ConflictError(conflict.Id)])]
                    : []);
                return ToResult(valid, outcome);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Answers for a body that is not JSON: one refused message.</summary>
    public async Task<IResult> RefuseAsync(Pusher pusher, Push.Malformed malformed)
    {
        await CountAsync(pusher, [new Refusal(pusher.Name, "", "", SendProblems.InvalidJson.Code)]);
        metrics.Refused([new("", SendProblems.InvalidJson.Code, malformed.Detail)]);
        return new Problem(SendProblems.InvalidJson, malformed.Detail);
    }

    /// <summary>Answers for a batch, item by item.</summary>
    public async Task<IResult> TakeAsync(Pusher pusher, IReadOnlyList<MessageReading?> readings)
    {
        if (readings.Count is 0 or > MessageLimits.BatchMessages)
        {
            var code = readings.Count == 0 ? ReasonCode.EmptyBatch : ReasonCode.TooManyMessages;
            await CountAsync(pusher, [.. readings.Select(_ => new Refusal(pusher.Name, "", "", code.ToString()))]);
            return Refuse(
                SendProblems.InvalidMessage, [new("", code.ToString(), $"A batch holds 1 to {MessageLimits.BatchMessages} messages.")]);
        }

        var items = await TakeItemsAsync(pusher, readings);
        await CountAsync(pusher, [.. items.Where(item => IsRefusal(item.Status))
            .Select(item => RefusalOf(pusher.Name, readings[item.Index], item.Errors!))]);
        var accepted = items.Count(item => item.Status == StatusCodes.Status202Accepted);
        var duplicates = items.Count(item => item.Status == StatusCodes.Status200OK);
        var refused = items.Length - accepted - duplicates;
        var status = refused == 0
            ? (accepted > 0 ? StatusCodes.Status202Accepted : StatusCodes.Status200OK)
            : StatusCodes.Status207MultiStatus;
        return refused == items.Length
            ? RefuseAll(items)
            : JsonAnswer.Of(new BatchResult(items, accepted, duplicates, refused), SendJson.Default.BatchResult, status);
    }

    /// <summary>Says whether a message, or every message of a batch, would be accepted; keeps nothing.</summary>
    public static IResult Check(IReadOnlyList<MessageReading?> readings, bool isBatch)
    {
        var errors = readings.SelectMany((reading, index) => ErrorsOf(reading, isBatch ? $"/{index}" : "")).ToArray();
        var warnings = readings.OfType<MessageReading.Valid>().SelectMany(valid => valid.Warnings).ToArray();
        return errors.Length > 0
            ? new Problem(SendProblems.InvalidMessage, errors: errors)
            : JsonAnswer.Of(new ValidationResult(true, warnings), SendJson.Default.ValidationResult);
    }

    // What could not be taken for want of room or of the database is not refused: it comes again.
    private static bool IsRefusal(int status) =>
        status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError;

    /// <summary>What is counted of a message that is not accepted.</summary>
    public static Refusal RefusalOf(string sender, MessageReading? reading, IReadOnlyList<ProblemError> errors) =>
        reading is MessageReading.Valid { Message.Urns: var urns }
            ? new Refusal(sender, urns.Market, urns.Feed, errors[0].Code)
            : new Refusal(sender, "", "", errors[0].Code);

    private static IEnumerable<ProblemError> ErrorsOf(MessageReading? reading, string prefix) => reading switch
    {
        null => [new(prefix, nameof(ReasonCode.InvalidJson), "The line is not JSON.")],
        MessageReading.Invalid invalid => invalid.Errors.Select(error => error with { Pointer = prefix + error.Pointer }),
        _ => [],
    };

    /// <summary>Takes one valid message to the commit.</summary>
    public async Task<AcceptOutcome> AcceptAsync(Pusher pusher, MessageReading.Valid valid) => (await AcceptAsync(pusher, [valid]))[0];

    private Task<IReadOnlyList<AcceptOutcome>> AcceptAsync(Pusher pusher, IReadOnlyList<MessageReading.Valid> messages)
    {
        var trace = Activity.Current?.Id;
        return queue.AcceptAsync(pusher.Name, [.. messages.Select(valid =>
            new NewMessage(pusher.Name, valid.Message, SHA256.HashData(valid.Message.Body.Span), trace) { Check = pusher.Check })]);
    }

    /// <summary>Puts into the books what was refused to a user who may push.</summary>
    private async Task CountAsync(Pusher pusher, IReadOnlyList<Refusal> refused)
    {
        if (refused.Count > 0 && (pusher.Check is null || await pusher.Check.HoldsAsync()))
        {
            await refusals.CountAsync(refused);
        }
    }

    private IResult ToResult(MessageReading.Valid valid, AcceptOutcome outcome)
    {
        LogSubject.IsMessage(outcome.Known);
        switch (outcome)
        {
            case AcceptOutcome.Accepted accepted:
                metrics.Accepted(valid.Message);
                SendTraces.Pushed(accepted.Id);
                return JsonAnswer.Of(
                    ResultOf(valid, accepted.Id, duplicate: false), SendJson.Default.SendResult, StatusCodes.Status202Accepted,
                    $"/api/v1/service/send/{accepted.Id}");
            case AcceptOutcome.Duplicate duplicate:
                return JsonAnswer.Of(ResultOf(valid, duplicate.Id, duplicate: true), SendJson.Default.SendResult);
            case AcceptOutcome.Conflict conflict:
                return Refuse(SendProblems.Conflict, [SendProblems.ConflictError(conflict.Id)]);
            case AcceptOutcome.Overloaded:
                return new Problem(
                    ProblemTypes.Unavailable,
                    "Too many messages wait for their commit. Push again later.",
                    retryAfter: TimeSpan.FromSeconds(1));
            case AcceptOutcome.NotAllowed:
                return new Problem(ProblemTypes.Unauthorized);
            case AcceptOutcome.Faulted faulted:
                throw faulted.Cause;
            default:
                throw new UnreachableException();
        }
    }

    private static SendResult ResultOf(MessageReading.Valid valid, SendId id, bool duplicate) =>
        new(id.ToString(), valid.Message.MessageId, AcceptedState, duplicate, valid.Warnings);

    /// <summary>Takes what is valid to one commit; of those under one messageId the first goes first.</summary>
    private async Task<SendResultItem[]> TakeItemsAsync(Pusher pusher, IReadOnlyList<MessageReading?> readings)
    {
        var items = new SendResultItem[readings.Count];
        var valid = new List<MessageReading.Valid>(readings.Count);
        var places = new List<int>(readings.Count);
        for (var index = 0; index < items.Length; index++)
        {
            if (readings[index] is MessageReading.Valid message)
            {
                valid.Add(message);
                places.Add(index);
            }
            else
            {
                items[index] = RefusedItem(index, readings[index]);
            }
        }

        await TakeItemsAsync(pusher, valid, places, items);
        return items;
    }

    private async Task TakeItemsAsync(Pusher pusher, List<MessageReading.Valid> valid, List<int> places, SendResultItem[] items)
    {
        try
        {
            var outcomes = valid.Count == 0 ? [] : await AcceptAsync(pusher, valid);
            for (var i = 0; i < outcomes.Count; i++)
            {
                items[places[i]] = ToItem(places[i], valid[i], outcomes[i]);
            }
        }
        catch (UnavailableException)
        {
            places.ForEach(index => items[index] =
                Refused(index, StatusCodes.Status503ServiceUnavailable, [new("", ProblemTypes.Unavailable.Code, "Push it again.")]));
        }
    }

    private SendResultItem RefusedItem(int index, MessageReading? reading)
    {
        var status = reading is null ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity;
        return Refused(index, status, [.. ErrorsOf(reading, "")]);
    }

    private SendResultItem ToItem(int index, MessageReading.Valid valid, AcceptOutcome outcome)
    {
        SendResultItem Item(int status, SendId id) => new(index, status)
        {
            SendId = id.ToString(),
            MessageId = valid.Message.MessageId,
            State = AcceptedState,
            Duplicate = status == StatusCodes.Status200OK,
            Warnings = valid.Warnings,
        };
        switch (outcome)
        {
            case AcceptOutcome.Accepted accepted:
                metrics.Accepted(valid.Message);
                SendTraces.Pushed(accepted.Id);
                return Item(StatusCodes.Status202Accepted, accepted.Id);
            case AcceptOutcome.Duplicate duplicate:
                return Item(StatusCodes.Status200OK, duplicate.Id);
            case AcceptOutcome.Conflict conflict:
                return Refused(index, StatusCodes.Status409Conflict, [SendProblems.ConflictError(conflict.Id)]) with { MessageId = valid.Message.MessageId };
            case AcceptOutcome.Overloaded:
                return Refused(
                    index, StatusCodes.Status503ServiceUnavailable, [new("", ProblemTypes.Unavailable.Code, "Push it again later.")]);
            case AcceptOutcome.NotAllowed:
                return Refused(index, StatusCodes.Status401Unauthorized, [new("", ProblemTypes.Unauthorized.Code, "Log in again.")]);
            default:
                return Refused(
                    index, StatusCodes.Status500InternalServerError, [new("", ProblemTypes.InternalError.Code, "It cannot be kept.")]);
        }
    }

    private SendResultItem Refused(int index, int status, IReadOnlyList<ProblemError> errors)
    {
        metrics.Refused(errors);
        return new(index, status) { Errors = errors };
    }

    private Problem Refuse(ProblemType type, IReadOnlyList<ProblemError> errors)
    {
        metrics.Refused(errors);
        return new Problem(type, errors: errors);
    }

    private static Problem RefuseAll(SendResultItem[] items)
    {
        var errors = items.SelectMany(item => item.Errors!.Select(error => error with { Pointer = $"/{item.Index}{error.Pointer}" }))
            .ToArray();
        return items.Min(item => item.Status) switch
        {
            StatusCodes.Status409Conflict => new Problem(SendProblems.Conflict, errors: errors),
            StatusCodes.Status503ServiceUnavailable =>
                new Problem(ProblemTypes.Unavailable, errors: errors, retryAfter: TimeSpan.FromSeconds(1)),
            StatusCodes.Status500InternalServerError => new Problem(ProblemTypes.InternalError, errors: errors),
            _ => new Problem(SendProblems.InvalidMessage, errors: errors),
        };
    }
}
