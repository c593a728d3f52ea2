using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using EnergyLoad.Auth.Requests;
using EnergyLoad.Auth.Users;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Login;

/// <summary>The way in and the way out.</summary>
internal static class LoginEndpoints
{
    private const int LongestPassword = 1024;

    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/login", LogInAsync).WithName("Login").AcceptsJson().RequireGatewayOnly();
        routes.MapPost("/logout", LogOutAsync).WithName("Logout").RequireGatewayUser().BeforePasswordChange();
    }

    private static async Task<IResult> LogInAsync(HttpContext context, LoginProcess login, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context, "username", "password");
        var username = body.Required("username", Username.MaxLength);
        var password = body.Required("password", LongestPassword);
        return body.Refusal ?? await login.RunAsync(new Attempt(context.GetAuditContext(), username), password, cancellationToken) switch
        {
            LoginOutcome.Succeeded { Token: var token } => new TokenAnswer(token),
            LoginOutcome.TooMany { Wait: var wait } => new Problem(
                ProblemTypes.TooManyRequests, "Too many logins have failed.", retryAfter: wait),
            _ => (IResult)new Problem(AuthProblemTypes.LoginRefused),
        };
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, Session session, Logout logout, CancellationToken cancellationToken)
    {
        await logout.RunAsync(session, context.GetAuditContext(), cancellationToken);
        return Results.Text("OK");
    }
}
