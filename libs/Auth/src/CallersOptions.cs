namespace EnergyLoad.Auth;

/// <summary>The service accounts that may call this service, and how their ID tokens are checked.</summary>
public sealed class CallersOptions
{
    /// <summary>Where the keys of Google's ID tokens are (JWKS); Google's own address by default.</summary>
    public string JwksUrl { get; set; } = "https://www.googleapis.com/oauth2/v3/certs";

    /// <summary>The <c>aud</c> that callers' tokens carry: this service's address; required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The gateway's account; required.</summary>
    public CallerAccount Gateway { get; set; } = new();

    /// <summary>The account under which Cloud Tasks calls; empty when it does not.</summary>
    public CallerAccount Tasks { get; set; } = new();

    /// <summary>The account under which Pub/Sub pushes; empty when it does not.</summary>
    public CallerAccount PubSub { get; set; } = new();

    /// <summary>The account under which Cloud Scheduler calls; empty when it does not.</summary>
    public CallerAccount Scheduler { get; set; } = new();

    /// <summary>The account that a deployment's smoke test calls under; empty when it does not.</summary>
    public CallerAccount Deployer { get; set; } = new();

    /// <summary>
    /// Accepts the gateway's token with <c>SIGNATURE_REMOVED_BY_GOOGLE</c> in place of its signature; false by default. Only safe where
    /// Cloud Run's own IAM check is on and nothing reaches the container around it; never holds for any other caller.
    /// </summary>
    public bool AcceptRemovedSignature { get; set; }

    internal IEnumerable<(Caller Caller, CallerAccount Account)> Configured()
    {
        (Caller, CallerAccount)[] all =
        [
            (Caller.Gateway, Gateway), (Caller.Tasks, Tasks), (Caller.PubSub, PubSub),
            (Caller.Scheduler, Scheduler), (Caller.Deployer, Deployer),
        ];
        return all.Where(entry => entry.Item2.IsSet);
    }
}
