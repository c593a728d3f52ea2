using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>The whole service, built and not started.</summary>
internal static class SendService
{
    // Nothing listens there: what would call out fails at once.
    private const string Nowhere = "http://127.0.0.1:9/";

    public static WebApplication Build(MySqlOptions database)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Settings(database));
        builder.AddSendApi();
        builder.Logging.ClearProviders();
        var service = builder.Build();
        service.UseSendApi();
        return service;
    }

    private static Dictionary<string, string?> Settings(MySqlOptions database) => new()
    {
        ["PORT"] = "0",
        ["Hosting:Loopback"] = "true",
        ["MySql:Host"] = database.Host,
        ["MySql:Port"] = $"{database.Port}",
        ["MySql:Database"] = database.Database,
        ["MySql:User"] = database.User,
        ["MySql:Password"] = database.Password,
        ["MySql:TlsMode"] = database.TlsMode,
        ["MySql:AllowPublicKeyRetrieval"] = "true",
        ["GoogleCloud:ProjectId"] = "energyload-local",
        ["GoogleCloud:Location"] = "europe-west1",
        ["GoogleCloud:TasksUrl"] = Nowhere,
        ["GoogleCloud:PubSubUrl"] = Nowhere,
        ["GoogleCloud:StorageUrl"] = Nowhere,
        ["GoogleCloud:SecretManagerUrl"] = Nowhere,
        ["GoogleCloud:KmsUrl"] = Nowhere,
        ["GoogleCloud:IamCredentialsUrl"] = Nowhere,
        ["Audit:HmacKey"] = Convert.ToBase64String(new byte[32]),
        ["Auth:Issuer"] = "edm-tokens@energyload-local.iam.gserviceaccount.com",
        ["Auth:Audience"] = Nowhere,
        ["Auth:JwksUrl"] = Nowhere,
        ["Auth:Callers:JwksUrl"] = Nowhere,
        ["Auth:Callers:Audience"] = "https://send-api.energyload.local",
        ["Delivery:ServiceUrl"] = Nowhere,
        ["Delivery:TasksAccount"] = "tasks-invoker@energyload-local.iam.gserviceaccount.com",
        ["Delivery:Audience"] = "https://send-api.energyload.local",
        ["ESight:TokenUrl"] = Nowhere,
        ["ESight:SitesUrl"] = Nowhere,
        ["ESight:MetersUrl"] = Nowhere,
        ["ESight:ConsumptionUrl"] = Nowhere,
        ["ESight:ReadUser"] = "read",
        ["ESight:ReadPassword"] = "read",
        ["ESight:WriteUser"] = "write",
        ["ESight:WritePassword"] = "write",
    };
}
