using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>The operator's pause.</summary>
internal static class GateEndpoints
{
    public static void MapGate(this IEndpointRouteBuilder routes)
    {
        var delivery = routes.MapGroup("/api/v1/service/send").RequireGatewayUser(Role.Root, Role.Admin);
        delivery.MapPost("/pause", PauseAsync).WithName("PauseDelivery");
        delivery.MapPost("/resume", ResumeAsync).WithName("ResumeDelivery");
    }

    private static async Task<IResult> PauseAsync(GatePause gate, CurrentUser user, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Json(await gate.PauseAsync(user, context.GetAuditContext(), cancellationToken), SendJson.Default.DeliveryState);

    private static async Task<IResult> ResumeAsync(GatePause gate, CurrentUser user, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Json(await gate.ResumeAsync(user, context.GetAuditContext(), cancellationToken), SendJson.Default.DeliveryState);
}
