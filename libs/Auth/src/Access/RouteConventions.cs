using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace EnergyLoad.Auth.Access;

internal static class RouteConventions
{
    private static readonly AcceptsMetadata Json = new(["application/json"]);

    /// <summary>Any other content type is 415, decided by routing.</summary>
    public static RouteHandlerBuilder AcceptsJson(this RouteHandlerBuilder route) => route.WithMetadata(Json);

    /// <summary>Open to a user who must change the password first.</summary>
    public static RouteHandlerBuilder BeforePasswordChange(this RouteHandlerBuilder route) => route.WithMetadata(
        Access.BeforePasswordChange.Instance);
}
