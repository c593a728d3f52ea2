using System.Diagnostics;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The spans of a message in this service.</summary>
internal static class SendTraces
{
    public static readonly ActivitySource Source = new("EnergyLoad.SendApi");

    /// <summary>The commit that messages share, with a link to each push.</summary>
    public static Activity? StartCommit(IReadOnlyList<NewMessage> messages) => Source.HasListeners()
        ? Source.StartActivity("commit batch", ActivityKind.Internal, default(ActivityContext), tags: null, LinksTo(messages))
        : null;

    /// <summary>The commit of each message by itself.</summary>
    public static void Committed(Activity? batch, IReadOnlyList<AcceptOutcome> outcomes)
    {
        if (batch is null)
        {
            return;
        }

        foreach (var accepted in outcomes.OfType<AcceptOutcome.Accepted>())
        {
            using var commit = MessageTrace.Start(
                Source, "commit", accepted.Id.Value, batch.Id, new DateTimeOffset(batch.StartTimeUtc, TimeSpan.Zero));
        }
    }

    public static void Pushed(SendId id) => MessageTrace.Record(Source, "push", id.Value);

    /// <summary>An attempt to deliver; what is sent to e-Sight is part of it.</summary>
    public static Activity? StartDelivery(SendId id, string? push) => MessageTrace.Start(Source, "deliver", id.Value, push);

    /// <summary>The application of an error event to its message.</summary>
    public static Activity? StartErrorEvent(Guid? sendId, string? report) =>
        sendId is { } id ? MessageTrace.Start(Source, "apply error event", id, report) : null;

    private static IEnumerable<ActivityLink> LinksTo(IReadOnlyList<NewMessage> messages)
    {
        foreach (var parent in messages.Select(message => message.TraceParent).Distinct())
        {
            if (ActivityContext.TryParse(parent, null, isRemote: false, out var context))
            {
                yield return new ActivityLink(context);
            }
        }
    }
}
