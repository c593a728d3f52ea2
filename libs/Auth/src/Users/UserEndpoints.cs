using System.Globalization;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Requests;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Auth.Users;

/// <summary>The management of users.</summary>
internal static class UserEndpoints
{
    private const string Users = "/api/v1/management/users";
    private const int DefaultLimit = 100;
    private const int LargestLimit = 500;

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        Role[] readers = [Role.Root, Role.Admin, Role.Auditor, Role.Backoffice];
        routes.MapGet(Users, ListAsync).WithName("ListUsers").RequireGatewayUser(readers);
        routes.MapGet($"{Users}/user/{{id}}", ReadAsync).WithName("ReadUser").RequireGatewayUser(readers);

        Role[] administrators = [Role.Root, Role.Admin];
        routes.MapPost($"{Users}/user", CreateAsync).WithName("CreateUser").AcceptsJson().RequireGatewayUser(administrators);
        routes.MapPatch($"{Users}/user/edit/{{id}}", EditAsync).WithName("EditUser").AcceptsJson().RequireGatewayUser(administrators);
        routes.MapDelete($"{Users}/user/deactivate/{{id}}", DeactivateAsync).WithName("DeactivateUser").RequireGatewayUser(administrators);
        routes.MapPost($"{Users}/user/{{id}}/end-sessions", EndSessionsAsync)
            .WithName("EndUserSessions").RequireGatewayUser(administrators);
    }

    private static async Task<IResult> ListAsync(string? cursor, string? limit, UserStore users, CancellationToken cancellationToken)
    {
        var after = 0L;
        var count = DefaultLimit;
        var faults = new List<ProblemError>();
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            faults.Add(new ProblemError("/cursor", "BadCursor", "The cursor is the next of the page before."));
        }

        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > LargestLimit))
        {
            faults.Add(new ProblemError("/limit", "BadLimit", $"The limit is from 1 to {LargestLimit}."));
        }

        return faults.Count > 0
            ? new Problem(AuthProblemTypes.Invalid, errors: faults)
            : Page(await users.ListAsync(after, count + 1, cancellationToken), count);
    }

    private static IResult Page(IReadOnlyList<UserRow> rows, int limit)
    {
        var next = rows.Count > limit ? rows[limit - 1].Seq.ToString(CultureInfo.InvariantCulture) : null;
        return JsonAnswer.Of(new UserPage([.. rows.Take(limit).Select(UserDocument.Of)], next), UserJson.Default.UserPage);
    }

    private static async Task<IResult> ReadAsync(string id, UserStore users, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user
            ? JsonAnswer.Of(UserDocument.Of(user), UserJson.Default.UserDocument)
            : new Problem(ProblemTypes.NotFound);

    private static async Task<IResult> CreateAsync(
        HttpContext context, CurrentUser actor, UserAccounts accounts, PasswordPolicy policy, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context, "username", "password", "type");
        var username = body.ReadNewUsername();
        body.Require("password", "type");
        var password = body.ReadNewPassword("password", policy, username ?? default);
        var roles = body.ReadRoles();
        return body.Refusal ?? Answer(
            await accounts.CreateAsync(ActorOf(context, actor), username!.Value, password!, roles!.Value, cancellationToken),
            Created);
    }

    private static async Task<IResult> EditAsync(
        string id,
        HttpContext context,
        CurrentUser actor,
        UserAccounts accounts,
        UserStore users,
        PasswordPolicy policy,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context, "password", "type", "status");
        body.RequireAny("password", "type", "status");
        var username = body.Has("password") ? (await users.FindAsync(id, cancellationToken))?.Username : null;
        var changes = new UserChanges(
            body.ReadNewPassword("password", policy, Username.FromTyped(username ?? "")), body.ReadRoles(), body.ReadStatus());
        return body.Refusal ?? Answer(
            await accounts.EditAsync(ActorOf(context, actor), id, changes, cancellationToken), _ => Results.Text("updated"));
    }

    private static async Task<IResult> DeactivateAsync(
        string id, HttpContext context, CurrentUser actor, UserAccounts accounts, CancellationToken cancellationToken) =>
        Answer(await accounts.DeactivateAsync(ActorOf(context, actor), id, cancellationToken), _ => Results.Text("deactivated"));

    private static async Task<IResult> EndSessionsAsync(
        string id, HttpContext context, CurrentUser actor, UserAccounts accounts, CancellationToken cancellationToken) =>
        Answer(await accounts.EndSessionsAsync(ActorOf(context, actor), id, cancellationToken), _ => Results.Ok());

    private static Actor ActorOf(HttpContext context, CurrentUser user) => new(user, context.GetAuditContext());

    private static IResult Created(string id) => JsonAnswer.Of(
        new CreatedUser(id, null), UserJson.Default.CreatedUser, StatusCodes.Status201Created, $"{Users}/user/{id}");

    private static IResult Answer(AccountOutcome outcome, Func<string, IResult> done) => outcome switch
    {
        AccountOutcome.Done { Id: var id } => done(id),
        AccountOutcome.Exists { Id: var id } => JsonAnswer.Of(new CreatedUser(id, true), UserJson.Default.CreatedUser),
        AccountOutcome.NotFound => new Problem(ProblemTypes.NotFound),
        AccountOutcome.LastRoot => new Problem(AuthProblemTypes.LastRoot, "Make another root first."),
        AccountOutcome.OwnPassword => new Problem(ProblemTypes.Forbidden, "Change your own password with POST /user/password."),
        _ => new Problem(AuthProblemTypes.RolesExceedOwn),
    };
}
