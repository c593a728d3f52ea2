using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Pub/Sub v1: topics.</summary>
internal static class PublishEndpoints
{
    private const int ShortestName = 3;

    public static IServiceCollection AddPubSub(this IServiceCollection services) => services
        .AddSingleton<MessageIds>()
        .AddSingleton<Topology>()
        .AddSingleton<DeadLetters>()
        .AddSingleton<Puller>()
        .AddHostedService<Pusher>();

    public static void MapPubSub(this WebApplication app)
    {
        app.MapPost("/v1/projects/{project}/topics/{topic}:publish", Publish);
        app.MapGet(
            "/v1/projects/{project}/topics",
            (Topology topology) => Results.Json(new { topics = topology.Topics.Select(name => new { name }) }));
        app.MapGet("/v1/projects/{project}/topics/{topic}", (string project, string topic, Topology topology) =>
            topology.HasTopic(Name(project, topic)) ? Results.Json(new { name = Name(project, topic) }) : NoTopic(project, topic));
        app.MapPut("/v1/projects/{project}/topics/{topic}", Create);
        app.MapDelete("/v1/projects/{project}/topics/{topic}", (string project, string topic, Topology topology) =>
            topology.DeleteTopic(Name(project, topic)) ? Results.Json(new { }) : NoTopic(project, topic));
        app.MapSubscriptions();
    }

    private static IResult Publish(
        string project, string topic, PublishRequest request, Topology topology, MessageIds ids, TimeProvider clock)
    {
        if (!topology.HasTopic(Name(project, topic)))
        {
            return NoTopic(project, topic);
        }

        if (request.Fault() is { } fault)
        {
            return GoogleError.Invalid(fault);
        }

        var now = clock.GetUtcNow();
        PubSubMessage[] messages =
            [.. request.Messages!.Select(item => new PubSubMessage(ids.Next(), now, item.Data ?? [], item.Attributes ?? [], item.OrderingKey ?? ""))];
        topology.Publish(Name(project, topic), messages);
        return Results.Json(new { messageIds = messages.Select(message => message.MessageId) });
    }

    private static IResult Create(string project, string topic, Topology topology) =>
        topic.Length < ShortestName ? GoogleError.Invalid("A topic's id has at least 3 characters.")
        : topology.CreateTopic(Name(project, topic)) ? Results.Json(new { name = Name(project, topic) })
        : GoogleError.AlreadyExists($"Topic {Name(project, topic)}");

    private static string Name(string project, string topic) => $"projects/{project}/topics/{topic}";

    private static GoogleError NoTopic(string project, string topic) => GoogleError.NotFound($"Topic {Name(project, topic)}");
}
