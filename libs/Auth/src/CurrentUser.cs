using System.Security.Claims;
using EnergyLoad.Auth.Access;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth;

/// <summary>The user behind a request, as the database knew it when the request arrived. Handlers take it as a parameter.</summary>
/// <param name="UserId">Id of the user.</param>
/// <param name="Username">Name of the user, normalised.</param>
/// <param name="Roles">The user's roles.</param>
public sealed record CurrentUser(string UserId, string Username, RoleSet Roles)
{
    /// <summary>Whether the user has one of the roles.</summary>
    /// <param name="roles">The roles looked for.</param>
    public bool HasAny(params Role[] roles) => Roles.Overlaps(new RoleSet(roles));

    /// <summary>The user of the principal.</summary>
    /// <param name="principal">The principal of a request, <c>HttpContext.User</c>.</param>
    /// <exception cref="InvalidOperationException">The route does not ask for a user
    /// (<see cref="RouteAccessConventions.RequireGatewayUser{TBuilder}"/>).</exception>
    public static CurrentUser Of(ClaimsPrincipal principal) =>
        UserPrincipal.Of(principal)?.User ?? throw new InvalidOperationException("The route does not require a user.");

    /// <summary>Lets handlers take the user as a parameter.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<CurrentUser> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(Of(context.User));
    }
}
