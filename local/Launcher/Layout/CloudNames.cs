using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>What the pair's parts are called in the make-believe project.</summary>
internal static class CloudNames
{
    public const string Project = "energyload-local";
    public const string Location = "europe-west1";
    public const string SendAudience = "https://send-api.energyload.local";
    public const string ReceiveAudience = "https://receive-api.energyload.local";

    /// <summary>Hosts that the stand-in spreads over the instances, as Cloud Run's load balancer does.</summary>
    public const string SendHost = "send-api.internal";

    public const string ReceiveHost = "receive-api.internal";

    public static readonly string SendDrain = Queue("send-drain");
    public static readonly string ReceivePublish = Queue("receive-publish");
    public static readonly string ErrorReports = Topic("esight-error-reports");
    public static readonly string DeadErrorReports = Topic("esight-error-reports-dead");
    public static readonly string Deliveries = Topic("esight-deliveries");
    public const string ErrorReportsToSendApi = $"projects/{Project}/subscriptions/send-api-error-reports";

    /// <summary>Pulled by whoever looks into what send-api could not apply.</summary>
    public const string DeadErrorReportsToOperators = $"projects/{Project}/subscriptions/esight-error-reports-dead";

    public const string ConfigurationKey = $"projects/{Project}/locations/{Location}/keyRings/energyload/cryptoKeys/config";

    public const string SourceBucket = "energyload-source";
    public const string SuccessBucket = "energyload-success";
    public const string ErrorBucket = "energyload-error";
    public const string ResponseBucket = "energyload-response";
    public const string AnchorBucket = "energyload-audit-anchors";

    public static readonly IReadOnlyList<string> Buckets =
        [SourceBucket, SuccessBucket, ErrorBucket, ResponseBucket, AnchorBucket, "energyload-config"];

    public static readonly string SendApi = Account("send-api");
    public static readonly string ReceiveApi = Account("receive-api");
    public static readonly string SendGateway = Account("send-gateway");
    public static readonly string ReceiveGateway = Account("receive-gateway");
    public static readonly string Tasks = Account("tasks-invoker");
    public static readonly string PubSub = Account("pubsub-push");
    public static readonly string Scheduler = Account("scheduler");
    public static readonly string Deployer = Account("deployer");

    /// <summary>Signs the EDM JWT of both services.</summary>
    public static readonly string TokenSigner = Account("edm-tokens");

    public static readonly IReadOnlyList<string> Accounts =
        [SendApi, ReceiveApi, SendGateway, ReceiveGateway, Tasks, PubSub, Scheduler, Deployer, TokenSigner];

    /// <summary>The number that Google gives to an account: 21 digits, the same for the same name.</summary>
    public static string UniqueId(string account)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(account));
        return "1" + BitConverter.ToUInt64(hash).ToString("D20", CultureInfo.InvariantCulture);
    }

    public static string AccountOf(Runner runner) => runner switch
    {
        Runner.SendApi => SendApi,
        Runner.ReceiveApi => ReceiveApi,
        Runner.SendGateway => SendGateway,
        Runner.ReceiveGateway => ReceiveGateway,
        _ => throw new ArgumentOutOfRangeException(nameof(runner), runner, null),
    };

    private static string Account(string name) => $"{name}@{Project}.iam.gserviceaccount.com";

    private static string Queue(string name) => $"projects/{Project}/locations/{Location}/queues/{name}";

    private static string Topic(string name) => $"projects/{Project}/topics/{name}";
}
