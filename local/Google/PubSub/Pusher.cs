using System.Text.Json;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Pushes what is due to the subscriptions that have an endpoint.</summary>
internal sealed partial class Pusher(
    Topology topology, DeadLetters deadLetters, Caller caller, CallerIdentity identity, ControlDesk desk, ILogger<Pusher> logger) : BackgroundService
{
    private const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pumps = new List<Task>();
        try
        {
            await foreach (var subscription in topology.Opened.ReadAllAsync(stoppingToken))
            {
                pumps.Add(PumpAsync(subscription, stoppingToken));
            }
        }
        finally
        {
            await Task.WhenAll(pumps);
        }
    }

    private Task PumpAsync(Subscription subscription, CancellationToken stoppingToken) => subscription.Settings.PushEndpoint is { } endpoint
        ? Pump.RunAsync(
            subscription.Due, AtOnce, desk.PubSub, (entry, stop) => PushAsync(subscription, endpoint, entry, stop), stoppingToken)
        : Task.CompletedTask;

    private async Task PushAsync(Subscription subscription, Uri endpoint, LeasedDelivery entry, CancellationToken cancellationToken)
    {
        if (!subscription.TryLease(entry))
        {
            return;
        }

        var outcome = desk.PubSub.TakeDrop()
            ? new CallOutcome(0, Reason: "dropped, as the control asked")
            : await CallAsync(subscription, endpoint, entry.Delivery, cancellationToken);
        if (outcome.Status is 102 or 200 or 201 or 202 or 204)
        {
            subscription.Ack(entry.Delivery);
            return;
        }

        Log.Failed(logger, entry.Delivery.Message.MessageId, subscription.Name, entry.Delivery.Attempts, outcome.Status, outcome.Reason);
        if (!deadLetters.Take(subscription, entry.Delivery))
        {
            subscription.Nack(entry.Delivery);
        }
    }

    private async Task<CallOutcome> CallAsync(
        Subscription subscription, Uri endpoint, Delivery delivery, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = "CloudPubSub-Google",
            ["Content-Type"] = "application/json",
        };
        identity.Authorise(headers, subscription.Settings.ServiceAccount, subscription.Settings.Audience ?? endpoint.ToString());
        var body = JsonSerializer.SerializeToUtf8Bytes(PushedMessage.Wrap(subscription, delivery));
        var call = new OutgoingCall(HttpMethod.Post, endpoint, headers, body, subscription.AckDeadline);
        var twin = desk.PubSub.TakeDuplicate() ? caller.CallAsync(call, cancellationToken) : Task.CompletedTask;
        var outcome = await caller.CallAsync(call, cancellationToken);
        await twin;
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {Message} of {Subscription} was not taken (attempt {Attempt}, status {Status} {Reason})")]
        public static partial void Failed(ILogger logger, string message, string subscription, int attempt, int status, string? reason);
    }
}
