using EnergyLoad.Auth;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>The list of incidents.</summary>
internal static class IncidentEndpoints
{
    public static void AddIncidents(this WebApplicationBuilder builder) => builder.Services.AddSingleton<IncidentStore>();

    public static void MapIncidents(this RouteGroupBuilder messages) =>
        messages.MapGet("/incidents", FindAsync).WithName("ListIncidents").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice);

    private static async Task<IResult> FindAsync(
        [AsParameters] IncidentParameters query, IncidentStore store, CancellationToken cancellationToken)
    {
        var reading = new QueryReading();
        var filter = IncidentFilter.Read(query, reading);
        return reading.Faults.Count > 0
            ? new Problem(QueryReading.InvalidQuery, errors: reading.Faults)
            : JsonAnswer.Of(await store.FindAsync(filter, cancellationToken), IncidentJson.Default.IncidentPage);
    }
}
