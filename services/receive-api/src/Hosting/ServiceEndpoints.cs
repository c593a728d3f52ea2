using EnergyLoad.Auth;
using EnergyLoad.Hosting;
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

    private static IResult GetReasons() => JsonAnswer.Of(new ReasonList(Reasons.All), ReceiveJson.Default.ReasonList);

    private static async Task<NoContent> SweepAsync(Sweep sweep, CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
