using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.Testing.Cloud;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>The whole service, built and not started. Its tasks go nowhere: what they would do, the tests do.</summary>
internal static class SendService
{
    // Nothing listens there: what would call out fails at once.
    private const string Nowhere = "http://127.0.0.1:9/";

    private const string Name = "send-api";

    public static string Audience => ServiceSettings.AudienceOf(Name);

    /// <summary>Builds the service.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="google">Google Cloud's address; null where nothing of it is called.</param>
    /// <param name="settings">What differs from the settings of all tests.</param>
    public static WebApplication Build(MySqlOptions database, Uri? google = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Settings(database, google ?? new Uri(Nowhere)));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddSendApi();
        builder.Logging.ClearProviders();
        var service = builder.Build();
        service.UseSendApi();
        return service;
    }

    private static Dictionary<string, string?> Settings(MySqlOptions database, Uri google) =>
        new(ServiceSettings.Of(Name, database, google, gateway: "http://127.0.0.1:8081"))
        {
            ["Auth:Callers:PubSub:Email"] = GoogleStandIn.Email("pubsub-push"),
            ["Delivery:Queue"] = SendCloud.Queue,
            ["Delivery:ServiceUrl"] = Nowhere,
            ["Delivery:TasksAccount"] = GoogleStandIn.Email("tasks-invoker"),
            ["Delivery:Audience"] = Audience,
            ["Import:SourceBucket"] = SendCloud.SourceBucket,
            ["Import:SuccessBucket"] = SendCloud.SuccessBucket,
            ["Import:ErrorBucket"] = SendCloud.ErrorBucket,
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
