using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>The search for messages.</summary>
internal static class SearchEndpoints
{
    public static void AddSearch(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SearchStore>();
        builder.Services.AddSingleton<SearchNews>();
        builder.Services.AddSingleton<SearchProjector>();
    }

    public static void MapSearch(this RouteGroupBuilder messages) =>
        messages.MapGet("", FindAsync).WithName("SearchMessages").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice, Role.Sender);

    private static async Task<IResult> FindAsync(
        [AsParameters] SearchParameters query, CurrentUser user, SearchStore store, CancellationToken cancellationToken)
    {
        var reading = new QueryReading();
        var filter = SearchFilter.Read(query, user.OwnMessagesOnly(), reading);
        return reading.Faults.Count > 0
            ? new Problem(QueryReading.InvalidQuery, errors: reading.Faults)
            : JsonAnswer.Of(await store.FindAsync(filter, cancellationToken), SendJson.Default.MessagePage);
    }
}
