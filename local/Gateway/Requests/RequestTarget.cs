using EnergyLoad.Local.Gateway.Replies;

namespace EnergyLoad.Local.Gateway.Requests;

/// <summary>What a request asks for: its path, normalised, and its query as it came, from the question mark on.</summary>
internal readonly record struct RequestTarget(string Path, string Query)
{
    public string PathAndQuery => Path + Query;

    /// <summary>Reads the target; a refusal when it is none that the gateway takes.</summary>
    public static GatewayReply? TryRead(string raw, out RequestTarget target)
    {
        var start = PathStart(raw);
        var mark = raw.IndexOf('?', start);
        target = mark < 0
            ? new RequestTarget(PathNormalization.Normalize(raw[start..]), "")
            : new RequestTarget(PathNormalization.Normalize(raw[start..mark]), raw[mark..]);
        return raw.Contains('#', StringComparison.Ordinal) ? GatewayReplies.PathHasFragment : null;
    }

    // A proxy takes the absolute form too (RFC 9112, section 3.2.2).
    private static int PathStart(string raw)
    {
        if (raw.StartsWith('/') || raw.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme < 0)
        {
            return 0;
        }

        var path = raw.IndexOf('/', scheme + 3);
        return path < 0 ? raw.Length : path;
    }
}
