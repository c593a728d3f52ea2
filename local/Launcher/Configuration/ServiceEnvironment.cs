using System.Globalization;
using EnergyLoad.Local.Launcher.Databases;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Configuration;

/// <summary>What both services are told, in the variables that the cloud's deployment sets.</summary>
internal sealed class ServiceEnvironment(Ports ports, StackDatabase database)
{
    // What the gateway appends to X-Forwarded-For on its way: the client's address and its own.
    private const string TrustedHops = "2";

    // What all processes of both services may hold together; the private server takes 200.
    private const int Connections = 150;

    /// <summary>For a command of a service that changes the schema or the first user.</summary>
    public Dictionary<string, string> ForCommand(Runner runner) =>
        runner == Runner.SendApi
            ? SendApi(SecretConfiguration.MigrationsDatabase, 0)
            : ReceiveApi(SecretConfiguration.MigrationsDatabase, 0);

    public Dictionary<string, string> ForSendApi(int instance) => SendApi(SecretConfiguration.SendApiDatabase, instance);

    public Dictionary<string, string> ForReceiveApi(int instance) => ReceiveApi(SecretConfiguration.ReceiveApiDatabase, instance);

    private Dictionary<string, string> SendApi(string login, int instance)
    {
        // By a name, it can be made unknown.
        var esight = Environment.GetEnvironmentVariable("ENERGYLOAD_ESIGHT_HOST") is { Length: > 0 } host
            ? Ports.Url(ports.ESight, host)
            : Ports.Url(ports.ESight);
        return new(Common(login, Runner.SendApi))
        {
            ["PORT"] = Text(ports.SendApi(instance)),
            ["ESight__TokenUrl"] = $"{esight}/token",
            ["ESight__SitesUrl"] = $"{esight}/sites",
            ["ESight__MetersUrl"] = $"{esight}/meters",
            ["ESight__ConsumptionUrl"] = $"{esight}/consumption",
            ["Secrets__Sources__esight-read"] = Source(SecretConfiguration.ESightRead),
            ["Secrets__Sources__esight-write"] = Source(SecretConfiguration.ESightWrite),
            ["Delivery__Queue"] = CloudNames.SendDrain,
            ["Delivery__ServiceUrl"] = $"http://{CloudNames.SendHost}",
            ["Delivery__TasksAccount"] = CloudNames.Tasks,
            ["Delivery__Audience"] = CloudNames.SendAudience,
            ["Delivery__ParkedSeconds"] = "2",
            ["Outcomes__DeadLetterTopic"] = CloudNames.DeadErrorReports,
            ["Import__SourceBucket"] = CloudNames.SourceBucket,
            ["Import__SuccessBucket"] = CloudNames.SuccessBucket,
            ["Import__ErrorBucket"] = CloudNames.ErrorBucket,
            ["Publishing__Topic"] = CloudNames.Deliveries,
        };
    }

    private Dictionary<string, string> ReceiveApi(string login, int instance) => new(Common(login, Runner.ReceiveApi))
    {
        ["PORT"] = Text(ports.ReceiveApi(instance)),
        ["Publishing__Topic"] = CloudNames.ErrorReports,
        ["Publishing__Queue"] = CloudNames.ReceivePublish,
        ["Publishing__ServiceUrl"] = $"http://{CloudNames.ReceiveHost}",
        ["Publishing__TasksAccount"] = CloudNames.Tasks,
        ["Publishing__Audience"] = CloudNames.ReceiveAudience,
        ["Publishing__ArchiveBucket"] = CloudNames.ResponseBucket,
    };

    private Dictionary<string, string> Common(string login, Runner runner)
    {
        var google = Ports.Url(ports.Google);
        var send = runner == Runner.SendApi;
        var environment = new Dictionary<string, string>
        {
            ["Hosting__Loopback"] = "true",
            ["Hosting__StopSeconds"] = "3",
            // No file of theirs changes, and a machine has few file watchers.
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
            ["GCE_METADATA_HOST"] = $"127.0.0.1:{Text(ports.Metadata(runner))}",
            ["MySql__Host"] = database.Server.Host,
            ["MySql__Port"] = Text(database.Server.Port),
            ["MySql__Database"] = StackDatabase.Name,
            ["Secrets__Sources__database"] = Source(login),
            ["MySql__TlsMode"] = "None",
            ["MySql__AllowPublicKeyRetrieval"] = "true",
            ["MySql__MaximumPoolSize"] = Text(Math.Clamp(Connections / (2 * ports.Instances), 4, 20)),
            ["GoogleCloud__ProjectId"] = CloudNames.Project,
            ["GoogleCloud__Location"] = CloudNames.Location,
            ["Auth__Issuer"] = CloudNames.TokenSigner,
            ["Auth__Audience"] = Ports.Url(send ? ports.SendGateway : ports.ReceiveGateway),
            ["Auth__JwksUrl"] = $"{google}/service_accounts/v1/jwk/{CloudNames.TokenSigner}",
            ["Auth__TrustedHops"] = TrustedHops,
            ["Auth__Callers__JwksUrl"] = $"{google}/oauth2/v3/certs",
            ["Auth__Callers__Audience"] = send ? CloudNames.SendAudience : CloudNames.ReceiveAudience,
            ["Secrets__Sources__audit-key"] = Source(SecretConfiguration.AuditKey),
            ["Audit__AnchorBucket"] = CloudNames.AnchorBucket,
        };
        foreach (var api in new[] { "Tasks", "PubSub", "Storage", "SecretManager", "Kms", "IamCredentials" })
        {
            // An emulator may stand in for a part of the stand-in.
            var key = $"GoogleCloud__{api}Url";
            environment[key] = Environment.GetEnvironmentVariable(key) ?? google;
        }

        AddCallers(environment, send ? CloudNames.SendGateway : CloudNames.ReceiveGateway);
        return environment;
    }

    private static void AddCallers(Dictionary<string, string> environment, string gateway)
    {
        (string Caller, string Account)[] callers =
        [
            ("Gateway", gateway), ("Tasks", CloudNames.Tasks), ("PubSub", CloudNames.PubSub),
            ("Scheduler", CloudNames.Scheduler), ("Deployer", CloudNames.Deployer),
        ];
        foreach (var (caller, account) in callers)
        {
            environment[$"Auth__Callers__{caller}__Email"] = account;
            environment[$"Auth__Callers__{caller}__UniqueId"] = CloudNames.UniqueId(account);
        }
    }

    private static string Source(string secret) => $"secretmanager:{secret}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
