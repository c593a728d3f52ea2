using System.Text.RegularExpressions;
using EnergyLoad.Deployment.Tests.Hcl;
using EnergyLoad.Deployment.Tests.Terraform;
using EnergyLoad.Local.Launcher.Configuration;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Accounts, queues, topics, buckets and secrets have one name in Terraform, in the code and on one machine.</summary>
public sealed partial class NameTests
{
    private static IReadOnlyList<string> Accounts =>
        [.. Infrastructure.Keys(Infrastructure.Resource("identities", "google_service_account", "this")["for_each"]!)];

    [Fact]
    public void Every_account_of_one_machine_is_made_in_the_cloud() =>
        Assert.Empty(CloudNames.Accounts.Select(email => email.Split('@')[0]).Except(Accounts));

    [Fact]
    public void Every_account_that_is_given_a_right_is_made()
    {
        var read = Infrastructure.Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Infrastructure.Folder, folder), "*.tf"))
            .SelectMany(file => Account().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);
        var readers = HclObjects.Members(Infrastructure.Call("secrets")["readers"]!).SelectMany(secret => Texts(secret.Expression));
        var invokers = Texts(Infrastructure.Call("send_api")["invokers"]! + Infrastructure.Call("receive_api")["invokers"]!);

        Assert.Empty(read.Concat(readers).Concat(invokers).Except(Accounts));
    }

    [Fact]
    public void Only_the_accounts_that_have_a_reason_may_call_a_service()
    {
        var (send, receive) = (Infrastructure.Call("send_api"), Infrastructure.Call("receive_api"));
        Assert.Equal(["send-gateway", "tasks-invoker", "pubsub-push", "scheduler", "deployer"], Texts(send["invokers"]!));
        Assert.Equal(["receive-gateway", "tasks-invoker", "scheduler", "deployer"], Texts(receive["invokers"]!));
        var service = Infrastructure.Resource("service", "google_cloud_run_v2_service", "this");
        Assert.Equal(("\"INGRESS_TRAFFIC_INTERNAL_ONLY\"", "false"), (service["ingress"], service["invoker_iam_disabled"]));
        var files = Directory.GetFiles(Path.Combine(Infrastructure.Folder, "modules/service"));
        Assert.DoesNotContain("allUsers", string.Concat(files.Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_queues_are_those_that_the_services_fill()
    {
        var queues = Infrastructure.Keys(Infrastructure.Local("wake-ups", "queues"));

        AssertSame([CloudNames.SendDrain, CloudNames.ReceivePublish], queues);
        Assert.Contains("queues[\"send-drain\"]", Setting("send_api", "Delivery__Queue"), StringComparison.Ordinal);
        Assert.Contains("queues[\"receive-publish\"]", Setting("receive_api", "Publishing__Queue"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_topics_and_the_push_are_those_of_one_machine()
    {
        var topics = Texts(Infrastructure.Resource("events", "google_pubsub_topic", "this")["for_each"]!);
        var push = Infrastructure.Resource("events", "google_pubsub_subscription", "send_api");

        Assert.Empty(new[] { CloudNames.ErrorReports, CloudNames.Deliveries, CloudNames.DeadErrorReports }.Select(Last).Except(topics));
        Assert.Equal([Last(CloudNames.ErrorReportsToSendApi)], Texts(push["name"]!));
        Assert.Equal([Last(CloudNames.ErrorReports)], Texts(Setting("receive_api", "Publishing__Topic")));
    }

    [Fact]
    public void The_buckets_are_those_of_one_machine() => AssertSame(
        CloudNames.Buckets.Select(bucket => bucket["energyload-".Length..]),
        Infrastructure.Keys(Infrastructure.Local("buckets", "buckets")));

    [Theory]
    [InlineData("send_api", "secrets", "send-api")]
    [InlineData("receive_api", "secrets", "receive-api")]
    [InlineData("send_api", "job_secrets", "migrations")]
    [InlineData("receive_api", "job_secrets", "migrations")]
    public void A_service_may_read_the_secrets_that_it_is_told_of(string service, string argument, string account)
    {
        var readers = HclObjects.Members(Infrastructure.Call("secrets")["readers"]!)
            .ToDictionary(secret => secret.Name, secret => secret.Expression);

        Assert.All(
            HclObjects.Members(Infrastructure.Call(service)[argument]!),
            source => Assert.Contains($"\"{account}\"", readers[source.Literal!], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_secret_of_one_machine_is_made_in_the_cloud()
    {
        string[] here =
        [
            SecretConfiguration.MigrationsDatabase, SecretConfiguration.SendApiDatabase, SecretConfiguration.ReceiveApiDatabase,
            SecretConfiguration.ESightRead, SecretConfiguration.ESightWrite, SecretConfiguration.AuditKey,
        ];

        Assert.Empty(here.Except(Infrastructure.Keys(Infrastructure.Call("secrets")["readers"]!)));
    }

    [Fact]
    public void Every_account_of_the_database_has_its_secret()
    {
        var passwords = HclObjects.Members(Infrastructure.Call("database")["passwords"]!).ToArray();
        var accounts = new[] { "send_api", "receive_api" }.SelectMany(service => Texts(Infrastructure.Call(service)["database_account"]!));

        Assert.All(passwords, password => Assert.Equal($"module.secrets.ids[\"{password.Name}-database\"]", password.Expression));
        Assert.Empty(accounts.Except(passwords.Select(password => password.Name)));
    }

    [Fact]
    public void Every_account_stands_in_the_README_with_what_it_may_do()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "infra/README.md"));

        Assert.All(Accounts, account => Assert.Contains($"| `{account}` |", readme, StringComparison.Ordinal));
    }

    private static string Setting(string service, string name) =>
        HclObjects.Members(Infrastructure.Call(service)["environment"]!).Single(setting => setting.Name == name).Expression;

    private static IEnumerable<string> Texts(string expression) => Quoted().Matches(expression).Select(match => match.Groups[1].Value);

    private static string Last(string resource) => resource[(resource.LastIndexOf('/') + 1)..];

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Select(Last).Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\b(?:emails|google_service_account\.this)\[""([\w-]+)""\]")]
    private static partial Regex Account();

    [GeneratedRegex(@"""([\w-]+)""")]
    private static partial Regex Quoted();
}
