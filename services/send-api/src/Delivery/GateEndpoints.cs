using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>The state of the gate towards e-Sight, and the operator's pause.</summary>
internal static class GateEndpoints
{
    public static void MapGate(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/service/send/gate", ReadAsync).WithName("GetGate").RequireGatewayUser(
            Role.Root, Role.Admin, Role.Backoffice);
        var delivery = routes.MapGroup("/api/v1/service/send").RequireGatewayUser(Role.Root, Role.Admin);
        delivery.MapPost("/pause", PauseAsync).WithName("PauseDelivery");
        delivery.MapPost("/resume", ResumeAsync).WithName("ResumeDelivery");
    }

    private static async Task<IResult> ReadAsync(GatePause gate, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await gate.ReadAsync(cancellationToken), SendJson.Default.DeliveryState);

    private static async Task<IResult> PauseAsync(
        GatePause gate, CurrentUser user, HttpContext context, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await gate.PauseAsync(user, context.GetAuditContext(), cancellationToken), SendJson.Default.DeliveryState);

    private static async Task<IResult> ResumeAsync(
        GatePause gate, CurrentUser user, HttpContext context, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await gate.ResumeAsync(user, context.GetAuditContext(), cancellationToken), SendJson.Default.DeliveryState);
}
