using EnergyLoad.Auth.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth;

/// <summary>Says of a route, or of a group of routes, who may use it.</summary>
public static class RouteAccessConventions
{
    /// <summary>A public route: called by the gateway, for a user whose token is verified and fresh.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The route or group.</param>
    /// <param name="roles">The roles of which the user needs one; none named means any active user.</param>
    public static TBuilder RequireGatewayUser<TBuilder>(this TBuilder builder, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(
            new RouteAccess(Caller.Gateway, NeedsUser: true, new RoleSet(roles)));

    /// <summary>
    /// Says of a route of users that its handler reads by itself how the user stands, with its commit and together with others, instead of
    /// waiting for it at the door: it takes a <see cref="StandingCheck"/> and asks it before anything takes effect. Nothing that the
    /// handler returns leaves the route unless the check holds, whether it asked or not.
    /// </summary>
    /// <param name="route">The route, which has <see cref="RequireGatewayUser"/>.</param>
    public static RouteHandlerBuilder ChecksStandingItself(this RouteHandlerBuilder route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.WithMetadata(new OwnStandingCheck.Mark()).AddEndpointFilter<RouteHandlerBuilder, OwnStandingCheck>();
    }

    /// <summary>A key-only route: called by the gateway; whatever the request says of a user is not looked at.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The route or group.</param>
    public static TBuilder RequireGatewayOnly<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireCaller(Caller.Gateway);

    /// <summary>An internal route: called by one of our own accounts; never on a gateway.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The route or group.</param>
    /// <param name="caller">The account that may call it.</param>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder builder, Caller caller)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RouteAccess(caller, NeedsUser: false, default));
}
