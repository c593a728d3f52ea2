using EnergyLoad.Local.Gateway.Replies;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>How one attempt to reach the service ended.</summary>
internal abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>The answer was passed on, or nobody waits for it any more.</summary>
    public sealed record Done : AttemptOutcome
    {
        public static readonly Done Instance = new();
    }

    /// <summary>Over, and no other attempt can mend it.</summary>
    public sealed record Over(GatewayReply Reply) : AttemptOutcome;

    /// <summary>The connection failed or was cut before there was an answer.</summary>
    public sealed record Cut(Exception Fault) : AttemptOutcome
    {
        public GatewayReply ToReply(bool retried) => (Fault as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => GatewayReplies.NoUpstream,
            HttpRequestError.ConnectionError => GatewayReplies.UpstreamFailed(GatewayReplies.ConnectionRefused, retried),
            _ => GatewayReplies.UpstreamFailed(GatewayReplies.ConnectionTerminated, retried),
        };
    }
}
