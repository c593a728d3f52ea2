using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>The service, room by room.</summary>
internal static class ReceiveApi
{
    private const string Service = "edm-sight-receive-apis";

    public static void AddReceiveApi(this WebApplicationBuilder builder)
    {
        builder.AddServiceHosting(Service);
        builder.AddGoogleCloud();
        builder.AddRotating(DatabaseLogin.SecretName, DatabaseLogin.Json);
        builder.AddRotating(AuditKeyRing.SecretName, AuditKeyRing.Json);
        builder.AddMySql(AuditMigrations.Set, AuthMigrations.Set, ErrorReportSchema.Migrations);
        builder.AddAuditInBucket(Service);
        builder.AddRights();
        builder.AddEnergyLoadAuth();
        builder.AddService();
        builder.AddErrorReports();
        builder.AddPublishing();
    }

    public static void UseReceiveApi(this WebApplication app)
    {
        app.UseServiceHosting();
        app.UseEnergyLoadAuth();
        app.MapService();
        app.MapEnergyLoadAuth();
        app.MapErrorReports();
        app.MapPublishing();
    }
}
