namespace EnergyLoad.Local.Gateway.Replies;

/// <summary>The words of ESPv2's own refusals, but for those about tokens.</summary>
internal static class GatewayReplies
{
    private const string Disconnected = "upstream connect error or disconnect/reset before headers. ";

    // 111 is ECONNREFUSED.
    public const string ConnectionRefused = "remote connection failure, transport failure reason: delayed connect error: 111";

    public const string ConnectionTerminated = "connection termination";

    public static readonly GatewayReply BadRequest = new(400, "Bad Request") { CloseConnection = true };

    public static readonly GatewayReply HeadersTooLarge = new(431, "Request Header Fields Too Large") { CloseConnection = true };

    public static readonly GatewayReply PathTooLong = new(400, "Path is too long, max allowed size is 8192.");

    public static readonly GatewayReply PathHasFragment = new(400, "Path cannot contain fragment identifier (#)");

    public static readonly GatewayReply PathUnknown = new(404, "The current request is not defined by this API.");

    public static readonly GatewayReply KeyMissing = new(
        401,
        "UNAUTHENTICATED: Method doesn't allow unregistered callers (callers without established identity). "
        + "Please use API Key or other form of API consumer identity to call this API.");

    public static readonly GatewayReply KeyUnknown = new(400, "INVALID_ARGUMENT: API key not valid. Please pass a valid API key.");

    public static readonly GatewayReply DeadlineExceeded = new(504, "upstream request timeout");

    public static readonly GatewayReply StreamIdle = new(408, "stream timeout") { CloseConnection = true };

    public static readonly GatewayReply NoUpstream = new(503, "no healthy upstream");

    /// <summary>Not ESPv2's: the front of Cloud Run gives it.</summary>
    public static readonly GatewayReply FrontTooLarge = new(413, "Request Entity Too Large") { CloseConnection = true };

    public static GatewayReply MethodNotAllowed(string template) =>
        new(405, $"The current request is matched to the defined url template \"{template}\" but its http method is not allowed");

    public static GatewayReply NoIdentityToken(string audience) => new(500, $"Token not found for audience: {audience}");

    public static GatewayReply UpstreamFailed(string reason, bool retried) =>
        new(503, Disconnected + (retried ? "retried and the latest reset reason: " : "reset reason: ") + reason);
}
