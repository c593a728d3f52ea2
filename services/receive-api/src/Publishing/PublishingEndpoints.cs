using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>The wake-up: Cloud Tasks calls it right after a commit.</summary>
internal static class PublishingEndpoints
{
    public const string WakeUpPath = "/internal/tasks/publish";

    public static void AddPublishing(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PublishingOptions, PublishingOptionsValidator>(PublishingOptions.Section);
        builder.Services.AddSingleton<PublishingDrains>();
        builder.Services.AddSingleton<PublishingAlarm>();
        builder.Services.AddSingleton<PublishingRun>();
        builder.Services.AddSingleton<ReportEvents>();
        builder.Services.AddSingleton<EventPublisher>();
        builder.Services.AddSingleton<ArchiveQueue>();
        builder.Services.AddSingleton<ArchivePace>();
        builder.Services.AddSingleton<ReportArchiver>();
        builder.Services.AddHostedService<StartAlarm>();
    }

    public static void MapPublishing(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(WakeUpPath, PublishAsync).WithName("Publish").RequireCaller(Caller.Tasks);
    }

    private static async Task<NoContent> PublishAsync(PublishingRun run, CancellationToken cancellationToken)
    {
        await run.RunAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
