using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Pub/Sub v1: subscriptions.</summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this WebApplication app)
    {
        const string path = "/v1/projects/{project}/subscriptions/{subscription}";
        app.MapPut(path, Create);
        app.MapGet(path, (HttpContext context, Topology topology) =>
            Find(context, topology) is { } found ? Results.Json(SubscriptionResource.From(found.Settings)) : NoSubscription(context));
        app.MapDelete(path, (HttpContext context, Topology topology) =>
            topology.Unsubscribe(Name(context)) ? Results.Json(new { }) : NoSubscription(context));
        app.MapPost(path + ":pull", PullAsync);
        app.MapPost(path + ":acknowledge", Acknowledge);
        app.MapPost(path + ":modifyAckDeadline", ModifyAckDeadline);
    }

    private static IResult Create(HttpContext context, SubscriptionResource resource, Topology topology)
    {
        var settings = resource.ToSettings(Name(context));
        if (!topology.HasTopic(settings.Topic))
        {
            return GoogleError.NotFound($"Topic {settings.Topic}");
        }

        return topology.Subscribe(settings)
            ? Results.Json(SubscriptionResource.From(settings))
            : GoogleError.AlreadyExists($"Subscription {settings.Name}");
    }

    private static async Task<IResult> PullAsync(HttpContext context, PullRequest request, Topology topology, Puller puller)
    {
        if (Find(context, topology) is not { } subscription)
        {
            return NoSubscription(context);
        }

        if (subscription.Settings.PushEndpoint is not null)
        {
            return GoogleError.FailedPrecondition("The subscription is pushed.");
        }

        return request.MaxMessages <= 0
            ? GoogleError.Invalid("maxMessages must be positive.")
            : Results.Json(new { receivedMessages = await puller.PullAsync(subscription, request, context.RequestAborted) });
    }

    private static IResult Acknowledge(HttpContext context, AckRequest request, Topology topology)
    {
        if (Find(context, topology) is not { } subscription)
        {
            return NoSubscription(context);
        }

        foreach (var delivery in Leased(subscription, request))
        {
            subscription.Ack(delivery);
        }

        return Results.Json(new { });
    }

    private static IResult ModifyAckDeadline(HttpContext context, AckRequest request, Topology topology, TimeProvider clock)
    {
        if (Find(context, topology) is not { } subscription)
        {
            return NoSubscription(context);
        }

        foreach (var delivery in Leased(subscription, request))
        {
            if (request.AckDeadlineSeconds == 0)
            {
                subscription.Nack(delivery);
            }
            else
            {
                subscription.ExpireAt(delivery, clock.GetUtcNow().AddSeconds(request.AckDeadlineSeconds));
            }
        }

        return Results.Json(new { });
    }

    private static IEnumerable<Delivery> Leased(Subscription subscription, AckRequest request) =>
        (request.AckIds ?? []).Select(subscription.FindLeased).OfType<Delivery>();

    private static Subscription? Find(HttpContext context, Topology topology) => topology.Find(Name(context));

    private static string Name(HttpContext context) =>
        $"projects/{context.GetRouteValue("project")}/subscriptions/{context.GetRouteValue("subscription")}";

    private static GoogleError NoSubscription(HttpContext context) => GoogleError.NotFound($"Subscription {Name(context)}");
}
