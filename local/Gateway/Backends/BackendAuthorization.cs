using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Replies;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>
/// ESPv2's backend_auth filter: the ID token takes the place of the client's Authorization, which moves to X-Forwarded-Authorization.
/// As there, a client that sends no Authorization keeps the X-Forwarded-Authorization that it made up.
/// </summary>
internal sealed class BackendAuthorization(IEnumerable<IdentityTokenSource> sources)
{
    private const string ForwardedHeader = "X-Forwarded-Authorization";

    private readonly Dictionary<string, IdentityTokenSource> _sources =
        sources.ToDictionary(source => source.Audience, StringComparer.Ordinal);

    public GatewayReply? Apply(Backend backend, IHeaderDictionary headers)
    {
        if (backend.Audience is not { } audience)
        {
            return null;
        }

        if (_sources[audience].Authorization is not { } authorization)
        {
            return GatewayReplies.NoIdentityToken(audience);
        }

        if (headers.Authorization.Count > 0)
        {
            headers[ForwardedHeader] = string.Join(',', headers.Authorization!);
        }

        headers.Authorization = authorization;
        return null;
    }
}
