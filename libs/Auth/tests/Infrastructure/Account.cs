namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>A service account of the test's world.</summary>
internal sealed record Account(string Name, string UniqueId)
{
    public static readonly Account Gateway = new("send-gateway", "100000000000000000001");
    public static readonly Account Tasks = new("tasks-invoker", "100000000000000000002");
    public static readonly Account PubSub = new("pubsub-push", "100000000000000000003");
    public static readonly Account Scheduler = new("scheduler", "100000000000000000004");
    public static readonly Account Deployer = new("deployer", "100000000000000000005");
    public static readonly Account Stranger = new("stranger", "100000000000000000009");

    public string Email => $"{Name}@energyload-local.iam.gserviceaccount.com";
}
