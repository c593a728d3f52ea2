using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>The wake-up of the outbox: Cloud Tasks calls it after outcomes were written down.</summary>
internal static class PublishingEndpoints
{
    public const string WakeUpPath = "/internal/tasks/publish";

    public static void AddPublishing(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PublishingOptions, PublishingOptionsValidator>(PublishingOptions.Section);
        builder.Services.AddSingleton<OutcomeOutbox>();
        builder.Services.AddSingleton<ImportOrigins>();
        builder.Services.AddSingleton<OutcomeEvents>();
        builder.Services.AddSingleton<EventPublisher>();
        builder.Services.AddSingleton<PublishingAlarm>();
        builder.Services.AddSingleton<PublishingRun>();
        builder.Services.AddSingleton(SweepStep.Of<PublishingRun>("events", (run, token) => run.RunAsync(token)));
    }

    public static void MapPublishing(this IEndpointRouteBuilder routes) =>
        routes.MapPost(WakeUpPath, PublishAsync).WithName("Publish").RequireCaller(Caller.Tasks);

    private static async Task<NoContent> PublishAsync(PublishingRun run, CancellationToken cancellationToken)
    {
        await run.RunAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
