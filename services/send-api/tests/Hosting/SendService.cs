using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>The whole service, built and not started. Its tasks go nowhere: what they would do, the tests do.</summary>
internal static class SendService
{
    // Nothing listens there: what would call out fails at once.
    private const string Nowhere = "http://127.0.0.1:9/";

    public const string Audience = "https://send-api.energyload.local";

    /// <summary>Builds the service.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="google">Google Cloud's address; null where nothing of it is called.</param>
    /// <param name="settings">What differs from the settings of all tests.</param>
    public static WebApplication Build(MySqlOptions database, Uri? google = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Settings(database, google?.AbsoluteUri ?? Nowhere));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddSendApi();
        builder.Logging.ClearProviders();
        var service = builder.Build();
        service.UseSendApi();
        return service;
    }

    private static Dictionary<string, string?> Settings(MySqlOptions database, string google) => new()
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
        ["GoogleCloud:ProjectId"] = GoogleStandIn.Project,
        ["GoogleCloud:Location"] = GoogleStandIn.Location,
        ["GoogleCloud:TasksUrl"] = google,
        ["GoogleCloud:PubSubUrl"] = google,
        ["GoogleCloud:StorageUrl"] = google,
        ["GoogleCloud:SecretManagerUrl"] = google,
        ["GoogleCloud:KmsUrl"] = google,
        ["GoogleCloud:IamCredentialsUrl"] = google,
        ["Audit:HmacKey"] = Convert.ToBase64String(new byte[32]),
        ["Auth:Issuer"] = GoogleStandIn.Email("edm-tokens"),
        ["Auth:Audience"] = "http://127.0.0.1:8081",
        ["Auth:JwksUrl"] = $"{google}service_accounts/v1/jwk/{GoogleStandIn.Email("edm-tokens")}",
        ["Auth:TrustedHops"] = "2",
        ["Auth:Callers:JwksUrl"] = $"{google}oauth2/v3/certs",
        ["Auth:Callers:Audience"] = Audience,
        ["Auth:Callers:Gateway:UniqueId"] = GoogleStandIn.UniqueId("send-gateway"),
        ["Auth:Callers:Tasks:Email"] = GoogleStandIn.Email("tasks-invoker"),
        ["Auth:Callers:Scheduler:Email"] = GoogleStandIn.Email("scheduler"),
        ["Auth:Callers:PubSub:Email"] = GoogleStandIn.Email("pubsub-push"),
        ["Delivery:Queue"] = GoogleStandIn.Queue,
        ["Delivery:ServiceUrl"] = Nowhere,
        ["Delivery:TasksAccount"] = GoogleStandIn.Email("tasks-invoker"),
        ["Delivery:Audience"] = Audience,
        ["Import:SourceBucket"] = GoogleStandIn.SourceBucket,
        ["Import:SuccessBucket"] = GoogleStandIn.SuccessBucket,
        ["Import:ErrorBucket"] = GoogleStandIn.ErrorBucket,
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
