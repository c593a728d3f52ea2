using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnergyLoad.Hosting;

/// <summary>The platform's probes: anonymous, and they tell nothing but a status.</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that decide whether the service may get requests.</summary>
    public const string Ready = "ready";

    /// <summary>Maps the clients' sign of life, as the original service answered it; the service says who may ask.</summary>
    /// <param name="routes">The service's routes.</param>
    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", () => TypedResults.Text(":-)")).WithName("Health");

    internal static void MapProbes(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteStatusAsync }).AllowAnonymous();
        routes.MapHealthChecks(
            "/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteStatusAsync })
            .AllowAnonymous();

        // What has been ready once has started: a database that goes away later is no reason to begin anew.
        var hasStarted = 0;
        routes.MapHealthChecks("/health/startup", new()
        {
            Predicate = check => check.Tags.Contains(Ready) && Volatile.Read(ref hasStarted) == 0,
            ResponseWriter = (context, report) =>
            {
                Interlocked.CompareExchange(ref hasStarted, report.Status == HealthStatus.Healthy ? 1 : 0, 0);
                return WriteStatusAsync(context, report);
            },
        }).AllowAnonymous();
    }

    private static Task WriteStatusAsync(HttpContext context, HealthReport report) => context.Response.WriteAsync(report.Status.ToString());
}
