using EnergyLoad.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>What the service says of itself, to everybody with an API key.</summary>
internal static class ServiceEndpoints
{
    public static void MapService(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => TypedResults.Text(":-)")).WithName("Health").RequireGatewayOnly();
        routes.MapGet("/reasons", GetReasons).WithName("GetReasons").RequireGatewayOnly();
    }

    private static Ok<ReasonList> GetReasons() => TypedResults.Ok(new ReasonList(Reasons.All));
}
