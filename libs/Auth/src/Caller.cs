namespace EnergyLoad.Auth;

/// <summary>Which of our service accounts called the container.</summary>
public enum Caller
{
    /// <summary>The ESPv2 gateway, on behalf of a client.</summary>
    Gateway,

    /// <summary>Cloud Tasks.</summary>
    Tasks,

    /// <summary>A Pub/Sub push subscription.</summary>
    PubSub,

    /// <summary>Cloud Scheduler.</summary>
    Scheduler,

    /// <summary>The smoke test of a deployment.</summary>
    Deployer,
}
