using EnergyLoad.Local.Gateway.Backends;
using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Keys;
using EnergyLoad.Local.Gateway.Replies;
using EnergyLoad.Local.Gateway.Requests;
using EnergyLoad.Local.Gateway.Tokens;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.Gateway;

/// <summary>What happens to a request, in ESPv2's order: headers, path, method, route, token, key, ID token, the service.</summary>
internal sealed class GatewayPipeline(
    RouteTable routes,
    IReadOnlyDictionary<string, TokenCheck> tokens,
    KeyCheck keys,
    BackendAuthorization backendAuthorization,
    IReadOnlyDictionary<string, BackendPool> pools,
    Forwarder forwarder)
{
    // Of ESPv2's path_rewrite filter, which is there only for a backend address with a path.
    private const int RewrittenPathLimit = 8192;

    public async Task HandleAsync(HttpContext context)
    {
        var reply = Admit(context, out var operation, out var target);
        if (reply is null)
        {
            ForwardingHeaders.Apply(context);
            reply = await forwarder.ForwardAsync(context, operation!, pools[operation!.Id], target);
        }

        if (reply is not null)
        {
            await reply.WriteAsync(context);
        }
    }

    private GatewayReply? Admit(HttpContext context, out Operation? operation, out RequestTarget target)
    {
        var request = context.Request;
        (operation, target) = (null, default);
        var refusal = HeaderRules.Refuse(request.Headers)
            ?? RequestTarget.TryRead(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out target);
        if (refusal is not null)
        {
            return refusal;
        }

        MethodOverride.Apply(request);
        operation = routes.Find(request.Method, target.Path);
        return operation is null ? RefuseRoute(target) : RefuseAccess(operation, request, target);
    }

    private GatewayReply RefuseRoute(RequestTarget target) =>
        routes.FindPath(target.Path) is { } template ? GatewayReplies.MethodNotAllowed(template.Text) : GatewayReplies.PathUnknown;

    private GatewayReply? RefuseAccess(Operation operation, HttpRequest request, RequestTarget target) =>
        (operation.Token is { } provider ? tokens[provider.Name].Refuse(request, target) : null)
        ?? (operation.KeyRequired ? keys.Refuse(request, target) : null)
        ?? (request.ContentLength > RequestBody.SizeLimit ? GatewayReplies.FrontTooLarge : null)
        ?? backendAuthorization.Apply(operation.Backend, request.Headers)
        ?? (operation.Backend.PathPrefix.Length > 0 && target.PathAndQuery.Length > RewrittenPathLimit ? GatewayReplies.PathTooLong : null);
}
