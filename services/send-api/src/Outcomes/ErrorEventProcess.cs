using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Takes error events from Pub/Sub, and lets go of those whose message has become known.</summary>
internal sealed partial class ErrorEventProcess(
    ErrorEventStore store, ErrorEventIntake intake, DeadLetters deadLetters, ILogger<ErrorEventProcess> logger)
{
    private const string KnownVersion = "1";

    /// <summary>Takes what Pub/Sub pushes. When it ends, the event is applied, in quarantine, or with the dead letters.</summary>
    /// <param name="push">The bytes of the push.</param>
    /// <param name="cancellationToken">Gives up; Pub/Sub pushes it again.</param>
    /// <exception cref="UnavailableException">It could not be taken now.</exception>
    public async Task TakeAsync(byte[] push, CancellationToken cancellationToken)
    {
        var message = Read(push, SendJson.Default.PushEnvelope)?.Message;
        if (await FaultOfAsync(message, cancellationToken) is { } reason)
        {
            await deadLetters.KeepAsync(message ?? new PushedMessage(push), reason, cancellationToken);
        }
    }

    /// <summary>Applies the events in quarantine whose message is known by now.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var poison = new List<ErrorEvent>();
        foreach (var errorEvent in await store.FindReleasableAsync(cancellationToken))
        {
            if (await FaultOfAsync(errorEvent, cancellationToken) is not null)
            {
                poison.Add(errorEvent);
            }
        }

        // Last: while the topic is away, the others are not held up.
        foreach (var errorEvent in poison)
        {
            var data = JsonSerializer.SerializeToUtf8Bytes(errorEvent, SendJson.Default.ErrorEvent);
            await deadLetters.KeepAsync(new PushedMessage(data), PoisonReason.DoesNotFit, cancellationToken);
            await store.DropAsync(errorEvent, cancellationToken);
        }
    }

    private async Task<PoisonReason?> FaultOfAsync(PushedMessage? message, CancellationToken cancellationToken)
    {
        if (message is null)
        {
            return PoisonReason.NotAPush;
        }

        return Read(message.Data ?? [], SendJson.Default.ErrorEvent) switch
        {
            null => PoisonReason.NotAnEvent,
            { Version: not KnownVersion } => PoisonReason.UnknownVersion,
            var errorEvent => await FaultOfPushedAsync(errorEvent, cancellationToken),
        };
    }

    private Task<PoisonReason?> FaultOfPushedAsync(ErrorEvent errorEvent, CancellationToken cancellationToken)
    {
        LogSubject.IsMessage(errorEvent.SendId, errorEvent.MessageId);
        return FaultOfAsync(errorEvent, cancellationToken);
    }

    private async Task<PoisonReason?> FaultOfAsync(ErrorEvent errorEvent, CancellationToken cancellationToken)
    {
        using var span = SendTraces.StartErrorEvent(errorEvent.SendId, errorEvent.Traceparent);
        try
        {
            if (await intake.ApplyAsync(errorEvent, cancellationToken) == ErrorEventOutcome.Quarantined)
            {
                Log.Quarantined(logger, errorEvent.EventId, errorEvent.SendId, errorEvent.MessageId);
            }

            return null;
        }
        catch (DbException exception) when (SqlErrors.IsRefusedValue(exception))
        {
            return PoisonReason.DoesNotFit;
        }
    }

    private static T? Read<T>(byte[] json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3111, LogLevel.Warning, "Error event {EventId} is about message {MessageId} ({SendId}), which is not known here")]
        public static partial void Quarantined(ILogger logger, Guid eventId, Guid? sendId, string? messageId);
    }
}
