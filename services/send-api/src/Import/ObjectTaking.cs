using System.Diagnostics;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Import;

/// <summary>Accepts the message that an object holds, as if its sender had pushed it.</summary>
internal sealed class ObjectTaking(
    SourceBucket source, PushProcess push, ImportWorkStore work, SendMetrics metrics, TimeProvider timeProvider)
{
    /// <summary>Reads an object and takes its message to the commit; a refusal is written down.</summary>
    /// <exception cref="UnavailableException">Something does not answer, or too much waits: the object is looked at again.</exception>
    public async Task TakeAsync(ImportedObject imported, CancellationToken cancellationToken)
    {
        switch (await source.ReadAsync(imported, cancellationToken))
        {
            case ObjectContent.Read read when ReadingOf(read.Bytes) is var reading:
                await (reading is MessageReading.Valid valid
                    ? AcceptAsync(imported, valid, cancellationToken)
                    : RefuseAsync(imported, reading, ((MessageReading.Invalid)reading).Errors, cancellationToken));
                break;
            case ObjectContent.TooLarge:
                await RefuseAsync(imported, reading: null, [ErrorOf(ReasonCode.ObjectTooLarge)], cancellationToken);
                break;
            case ObjectContent.Unreadable:
                await RefuseAsync(imported, reading: null, [ErrorOf(ReasonCode.InvalidJson)], cancellationToken);
                break;
            default:
                await work.LostAsync(imported, cancellationToken);
                break;
        }
    }

    private MessageReading ReadingOf(byte[] content) => Push.ReadJson(content, timeProvider.GetUtcNow()) switch
    {
        Push.One one => one.Reading,
        Push.Malformed malformed => new MessageReading.Invalid([new("", nameof(ReasonCode.InvalidJson), malformed.Detail)]),
        _ => new MessageReading.Invalid([new("", nameof(ReasonCode.InvalidMessage), "An object holds one message.")]),
    };

    private async Task AcceptAsync(ImportedObject imported, MessageReading.Valid valid, CancellationToken cancellationToken)
    {
        switch (await push.AcceptAsync(new Pusher(imported.Sender, Check: null), valid))
        {
            case AcceptOutcome.Accepted accepted:
                metrics.Accepted(valid.Message);
                await work.AcceptedAsync(imported, accepted.Id, duplicate: false, cancellationToken);
                break;
            case AcceptOutcome.Duplicate duplicate:
                await work.AcceptedAsync(imported, duplicate.Id, duplicate: true, cancellationToken);
                break;
            case AcceptOutcome.Conflict conflict:
                await RefuseAsync(imported, valid, [SendProblems.ConflictError(conflict.Id)], cancellationToken);
                break;
            case AcceptOutcome.Overloaded:
                throw new UnavailableException("Too many messages wait for their commit.");
            case AcceptOutcome.Faulted faulted:
                throw new UnavailableException("The message could not be written.", faulted.Cause);
            default:
                throw new UnreachableException();
        }
    }

    private Task RefuseAsync(
        ImportedObject imported, MessageReading? reading, IReadOnlyList<ProblemError> errors, CancellationToken cancellationToken)
    {
        metrics.Refused(errors);
        return work.RefusedAsync(imported, PushProcess.RefusalOf(imported.Sender, reading, errors), errors, cancellationToken);
    }

    private static ProblemError ErrorOf(ReasonCode code) => new("", code.ToString(), Reasons.Of(code).Meaning);
}
