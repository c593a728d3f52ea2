using System.Diagnostics;

namespace EnergyLoad.Hosting;

/// <summary>
/// The trace of one message: its id is the send id, so that both services find it, whatever e-Sight does between them. Its spans are
/// children of a root that nobody exports, and each has links to the requests that it belongs to.
/// </summary>
public static class MessageTrace
{
    private const int SpanIdBytes = 8;

    /// <summary>The context that every span of the message is made under.</summary>
    /// <param name="sendId">The message's send id.</param>
    public static ActivityContext ContextOf(Guid sendId)
    {
        // A UUIDv7 has its random bits at its end, as W3C asks of a trace id.
        Span<byte> id = stackalloc byte[16];
        sendId.TryWriteBytes(id, bigEndian: true, out _);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(id),
            ActivitySpanId.CreateFromBytes(id[^SpanIdBytes..]),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }

    /// <summary>Starts a span of the message.</summary>
    /// <param name="source">The service's source.</param>
    /// <param name="name">What is done.</param>
    /// <param name="sendId">The message's send id.</param>
    /// <param name="cause">The request or batch that it is done in, as a W3C traceparent; null when there is none.</param>
    /// <param name="start">When it began; now by default.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(ActivitySource source, string name, Guid sendId, string? cause, DateTimeOffset start = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = ActivityContext.TryParse(cause, null, isRemote: true, out var context) ? [new(context)] : [];
        var activity = source.StartActivity(name, ActivityKind.Internal, ContextOf(sendId), tags: null, links, start);
        activity?.SetTag("energyload.send_id", sendId.ToString("D"));
        return activity;
    }

    /// <summary>Writes down what was done of the message within the present request, and ties the request to the message's trace.</summary>
    /// <param name="source">The service's source.</param>
    /// <param name="name">What was done.</param>
    /// <param name="sendId">The message's send id.</param>
    public static void Record(ActivitySource source, string name, Guid sendId)
    {
        var request = Activity.Current;
        var start = request is null ? default : new DateTimeOffset(request.StartTimeUtc, TimeSpan.Zero);
        using var span = Start(source, name, sendId, request?.Id, start);
        if (span is not null)
        {
            request?.AddLink(new ActivityLink(span.Context));
        }
    }
}
