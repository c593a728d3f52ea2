using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Configuration;

/// <summary>What the Google stand-in is told: the resources that Terraform makes in the cloud.</summary>
internal static class GoogleConfiguration
{
    // A minute, as in the cloud: whatever was lost is found again by then.
    private const int SweepEveryMs = 60_000;

    // The second net: send-api itself gives away what it can never apply. As many as Pub/Sub allows, so that an outage uses up none of them
    // soon.
    private const int MostAttempts = 100;

    public static object For(Ports ports, StateFolder folder, IReadOnlyDictionary<string, string> secrets) => new
    {
        port = ports.Google,
        state = folder.Google,
        projectId = CloudNames.Project,
        location = CloudNames.Location,
        accounts = CloudNames.Accounts.Select(account => new
        {
            email = account,
            uniqueId = CloudNames.UniqueId(account),
            metadataPort = Enum.GetValues<Runner>().Where(runner => CloudNames.AccountOf(runner) == account)
                .Select(runner => (int?)ports.Metadata(runner)).SingleOrDefault(),
        }),
        queues = new[] { Queue(CloudNames.SendDrain), Queue(CloudNames.ReceivePublish) },
        topics = new[] { CloudNames.ErrorReports, CloudNames.Deliveries, CloudNames.DeadErrorReports },
        subscriptions =
            new object[] { PushToSendApi(), new { name = CloudNames.DeadErrorReportsToOperators, topic = CloudNames.DeadErrorReports } },
        jobs = new[]
        {
            Sweep("send-api-sweep", CloudNames.SendHost, CloudNames.SendAudience),
            Sweep("receive-api-sweep", CloudNames.ReceiveHost, CloudNames.ReceiveAudience),
        },
        hosts = new Dictionary<string, IEnumerable<string>>
        {
            [CloudNames.SendHost] = Enumerable.Range(0, ports.Instances).Select(instance => Ports.Url(ports.SendApi(instance))),
            [CloudNames.ReceiveHost] = Enumerable.Range(0, ports.Instances).Select(instance => Ports.Url(ports.ReceiveApi(instance))),
        },
        buckets = CloudNames.Buckets,
        secrets,
        cryptoKeys = new[] { CloudNames.ConfigurationKey },
    };

    private static object PushToSendApi() => new
    {
        name = CloudNames.ErrorReportsToSendApi,
        topic = CloudNames.ErrorReports,
        pushEndpoint = $"http://{CloudNames.SendHost}/internal/pubsub/error-reports",
        serviceAccount = CloudNames.PubSub,
        audience = CloudNames.SendAudience,
        minBackoffMs = 100,
        maxBackoffMs = 5000,
        ackDeadlineSeconds = 30,
        deadLetterTopic = CloudNames.DeadErrorReports,
        maxDeliveryAttempts = MostAttempts,
    };

    private static object Queue(string name) =>
        new { name, maxAttempts = 100, minBackoffMs = 100, maxBackoffMs = 5000, maxConcurrent = 10 };

    private static object Sweep(string name, string host, string audience) => new
    {
        name,
        everyMs = SweepEveryMs,
        uri = $"http://{host}/internal/scheduler/sweep",
        serviceAccount = CloudNames.Scheduler,
        audience,
    };
}
