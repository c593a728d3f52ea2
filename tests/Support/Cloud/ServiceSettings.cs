using EnergyLoad.MySql;

namespace EnergyLoad.Testing.Cloud;

/// <summary>The settings that a service of ours needs wherever it runs, for a host in a test's process.</summary>
public static class ServiceSettings
{
    /// <summary>The audience of the ID tokens that a service takes.</summary>
    /// <param name="service">send-api or receive-api.</param>
    public static string AudienceOf(string service) => $"https://{service}.energyload.local";

    /// <summary>The settings; its own sections are the caller's to add.</summary>
    /// <param name="service">send-api or receive-api.</param>
    /// <param name="database">Its database.</param>
    /// <param name="google">Google Cloud's address.</param>
    /// <param name="gateway">The audience of the users' tokens.</param>
    public static Dictionary<string, string?> Of(string service, MySqlOptions database, Uri google, string gateway)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(google);
        var settings = new Dictionary<string, string?>
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
            ["Audit:HmacKey"] = Convert.ToBase64String(new byte[32]),
            ["Auth:Issuer"] = GoogleStandIn.Email("edm-tokens"),
            ["Auth:Audience"] = gateway,
            ["Auth:JwksUrl"] = new Uri(google, $"/service_accounts/v1/jwk/{GoogleStandIn.Email("edm-tokens")}").AbsoluteUri,
            ["Auth:TrustedHops"] = "2",
            ["Auth:Callers:JwksUrl"] = new Uri(google, "/oauth2/v3/certs").AbsoluteUri,
            ["Auth:Callers:Audience"] = AudienceOf(service),
            ["Auth:Callers:Gateway:UniqueId"] = GoogleStandIn.UniqueId(service.Replace("-api", "-gateway", StringComparison.Ordinal)),
            ["Auth:Callers:Tasks:Email"] = GoogleStandIn.Email("tasks-invoker"),
            ["Auth:Callers:Scheduler:Email"] = GoogleStandIn.Email("scheduler"),
        };
        foreach (var api in new[] { "Tasks", "PubSub", "Storage", "SecretManager", "Kms", "IamCredentials" })
        {
            settings[$"GoogleCloud:{api}Url"] = google.AbsoluteUri;
        }

        return settings;
    }
}
