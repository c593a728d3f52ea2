using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>The service, room by room.</summary>
internal static class ReceiveApi
{
    public const string Service = "edm-sight-receive-apis";

    public static WebApplicationBuilder AddReceiveApi(this WebApplicationBuilder builder)
    {
        builder.AddServiceHosting(Service);
        builder.AddMySql(ErrorReportSchema.Migrations);
        builder.AddGoogleCloud();
        builder.AddErrorReports();
        builder.AddPublishing();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReceiveJson.Default));
        return builder;
    }

    public static WebApplication UseReceiveApi(this WebApplication app)
    {
        app.UseServiceHosting();
        app.MapErrorReports();
        app.MapPublishing();
        return app;
    }
}
