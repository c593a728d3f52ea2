using EnergyLoad.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>What the service says of itself to everybody with an API key, and the sweep.</summary>
internal static class ServiceEndpoints
{
    public static void AddService(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiveMetrics>();
        builder.Services.AddSingleton<Sweep>();
    }

    public static void MapService(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => TypedResults.Text(":-)")).WithName("Health").RequireGatewayOnly();
        routes.MapGet("/reasons", GetReasons).WithName("GetReasons").RequireGatewayOnly();
        routes.MapPost("/internal/scheduler/sweep", SweepAsync).WithName("Sweep").RequireCaller(Caller.Scheduler);
    }

    private static Ok<ReasonList> GetReasons() => TypedResults.Ok(new ReasonList(Reasons.All));

    private static async Task<NoContent> SweepAsync(Sweep sweep, CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
