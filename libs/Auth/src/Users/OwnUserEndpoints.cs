using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Requests;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Users;

/// <summary>What a user sees and changes of itself. Not e-Sight's account: it posts error JSON and logs out, nothing else.</summary>
internal static class OwnUserEndpoints
{
    private static readonly Role[] AllButESight = [.. RoleSet.All.Where(role => role != Role.ESight)];

    public static void MapOwnUser(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/user", Show).WithName("GetUser").RequireGatewayUser(AllButESight).BeforePasswordChange();
        routes.MapPost("/user/password", ChangePasswordAsync).WithName("ChangeOwnPassword").AcceptsJson()
            .RequireGatewayUser(AllButESight).BeforePasswordChange();
    }

    private static IResult Show(Session session) => JsonAnswer.Of(
        new OwnUserDocument(
            session.User.Username, session.User.UserId, session.User.Roles.ToNames(), session.ExpiresAt, session.MustChangePassword),
        UserJson.Default.OwnUserDocument);

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, Session session, OwnPassword own, PasswordPolicy policy, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context, "current", "new");
        var current = body.Required("current", PasswordPolicy.MaxLength);
        body.Require("new");
        var wanted = body.ReadNewPassword("new", policy, Username.FromTyped(session.User.Username));
        if (wanted is not null && string.Equals(PasswordText.Normalize(wanted), PasswordText.Normalize(current), StringComparison.Ordinal))
        {
            body.Fault("new", "PasswordUnchanged", "The new password is the current one.");
        }

        return body.Refusal
            ?? Answer(await own.ChangeAsync(new Actor(session.User, context.GetAuditContext()), current, wanted!, cancellationToken));
    }

    private static IResult Answer(OwnPasswordOutcome outcome) => outcome switch
    {
        OwnPasswordOutcome.Changed => Results.Ok(),
        OwnPasswordOutcome.TooMany { Wait: var wait } => new Problem(
            ProblemTypes.TooManyRequests, "The current password was wrong too often.", retryAfter: wait),
        _ => new Problem(
            AuthProblemTypes.Invalid, errors: [new ProblemError("/current", "WrongPassword", "That is not the current password.")]),
    };
}
