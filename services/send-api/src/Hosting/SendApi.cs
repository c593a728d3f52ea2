using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The service, room by room.</summary>
internal static class SendApi
{
    private const string Service = "edm-sight-send-apis";

    public static void AddSendApi(this WebApplicationBuilder builder)
    {
        builder.AddServiceHosting(Service);
        builder.AddGoogleCloud();
        builder.AddRotating(DatabaseLogin.SecretName, DatabaseLogin.Json);
        builder.AddRotating(AuditKeyRing.SecretName, AuditKeyRing.Json);
        builder.AddMySql(AuditMigrations.Set, AuthMigrations.Set, SendMigrations.Set);
        builder.AddAuditInBucket(Service);
        builder.AddRights();
        builder.AddEnergyLoadAuth();
        builder.Services.AddSingleton<SendMetrics>();
        builder.Services.AddSingleton<SendLevels>();
        builder.AddAccepting();
        builder.AddDelivery();
        builder.AddImport();
        builder.AddOutcomes();

        // After the steps that bring up to date what it reads.
        builder.Services.AddSingleton(SweepStep.Of<SendLevels>("levels", (levels, token) => levels.ReadAsync(token)));
    }

    public static void UseSendApi(this WebApplication app)
    {
        app.UseServiceHosting();
        app.UseEnergyLoadAuth();
        app.UseCompressedBodies();
        app.MapHealth().RequireGatewayOnly();
        app.MapEnergyLoadAuth();
        app.MapAccepting();
        app.MapDelivery();
        app.MapImport();
        app.MapOutcomes();
    }
}
