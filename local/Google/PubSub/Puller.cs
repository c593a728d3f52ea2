using System.Text.Json.Nodes;
using EnergyLoad.Local.Google.Control;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Hands messages out to those who ask for them.</summary>
internal sealed class Puller(DeadLetters deadLetters, ControlDesk desk, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task<JsonArray> PullAsync(Subscription subscription, PullRequest request, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + (request.ReturnImmediately ? TimeSpan.Zero : Patience);
        var received = Take(subscription, request.MaxMessages);
        while (received.Count == 0 && clock.GetUtcNow() < until)
        {
            await Task.Delay(Look, clock, cancellationToken);
            received = Take(subscription, request.MaxMessages);
        }

        return received;
    }

    private JsonArray Take(Subscription subscription, int most)
    {
        var received = new JsonArray();
        while (!desk.PubSub.State.Paused && received.Count < most && subscription.Due.TryTake(out var entry))
        {
            if (subscription.IsCurrent(entry) && !deadLetters.Take(subscription, entry.Delivery) && subscription.TryLease(entry))
            {
                subscription.ExpireAt(entry.Delivery, clock.GetUtcNow() + subscription.AckDeadline);
                received.Add(PushedMessage.Received(subscription, entry.Delivery));
            }
        }

        return received;
    }
}
