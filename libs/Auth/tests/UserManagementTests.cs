using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 7, 21 and 22: who may make and change whom, and what the original's callers rely on.</summary>
public sealed class UserManagementTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string Users = "/api/v1/management/users";
    private const string NewPassword = "an umbrella under 9 bridges";

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task A_user_is_made_with_201_and_an_existing_one_is_left_alone_with_200()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var name = NewName();

        using var created = await _client.PostAsync(
            $"{Users}/user", admin.Token, new { username = name, password = NewPassword, type = "sender,user" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        Assert.Equal($"{Users}/user/{id}", created.Headers.Location!.ToString());

        var again = JsonDocument.Parse(await _client.PostAsync($"{Users}/user", admin.Token, new { username = name.ToUpperInvariant(), password = NewPassword + "!", type = "user" }).AcceptedAsync());
        Assert.Equal(id, again.RootElement.GetProperty("id").GetString());
        Assert.True(again.RootElement.GetProperty("existing").GetBoolean());

        Assert.Equal($"{name} sender,user", await _client.GetAsync("/things", await _client.LoginAsync(name, NewPassword)).AcceptedAsync());
        Assert.Equal(["AccountCreated", "LoginSucceeded"], await _world.AuditAsync(id));
        Assert.Equal(admin.User.Id, await _world.ScalarAsync<string>("SELECT creator FROM user_auth_roles WHERE id = @id", new { id }));
    }

    [Fact]
    public async Task Two_who_make_the_same_user_at_once_make_one()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var name = NewName();

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await _client.PostAsync(
                $"{Users}/user", admin.Token, new { username = name, password = NewPassword, type = "user" });
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        }));

        Assert.Single(ids.Distinct());
        Assert.Equal(["AccountCreated"], await _world.AuditAsync(ids[0]!));
    }

    [Theory]
    [InlineData("id", "\"1\"")]
    [InlineData("status", "\"active\"")]
    [InlineData("creator", "\"root\"")]
    [InlineData("role", "\"root\"")]
    [InlineData("roles", "[\"root\"]")]
    [InlineData("ver", "1")]
    [InlineData("must_change_password", "false")]
    [InlineData("Type", "\"root\"")]
    [InlineData("__proto__", "{}")]
    public async Task S21_members_that_do_not_belong_into_a_new_user_are_422(string member, string value)
    {
        var admin = await _world.SessionAsync(Role.Root);
        var name = NewName();
        var body = $$"""{"username":"{{name}}","password":"{{NewPassword}}","type":"user","{{member}}":{{value}}}""";

        Assert.Equal([$"/{member} UnknownMember"], await _client.PostAsync($"{Users}/user", admin.Token, body).InvalidAsync());
        Assert.Equal(0, await _world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE username = @name", new { name }));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("username")]
    [InlineData("creator")]
    [InlineData("role")]
    public async Task S21_members_that_do_not_belong_into_an_edit_are_422(string member)
    {
        var admin = await _world.SessionAsync(Role.Root);
        var user = await _world.UserAsync(Role.User);

        Assert.Equal([$"/{member} UnknownMember"], await _client.PatchAsync(EditOf(user), admin.Token, $$"""{"status":"active","{{member}}":"x"}""").InvalidAsync());
    }

    [Fact]
    public async Task S21_nobody_makes_a_user_whose_roles_exceed_their_own()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var name = NewName();

        Assert.Equal(
            "RolesExceedOwn",
            await _client.PostAsync($"{Users}/user", admin.Token, new { username = name, password = NewPassword, type = "user,root" })
                .RefusedAsync(HttpStatusCode.Forbidden));
        Assert.Equal(["AccountCreationRefused"], await _world.AuditAsync(name));
        Assert.Equal(0, await _world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE username = @name", new { name }));
    }

    [Fact]
    public async Task S21_an_administrator_does_nothing_to_a_root()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var root = await _world.SessionAsync(Role.Root);
        Task<HttpResponseMessage>[] attempts =
        [
            _client.PatchAsync(EditOf(root.User), admin.Token, new { password = NewPassword }),
            _client.PatchAsync(EditOf(root.User), admin.Token, new { type = "user" }),
            _client.PatchAsync(EditOf(root.User), admin.Token, new { status = "deactivated" }),
            _client.DeleteAsync($"{Users}/user/deactivate/{root.User.Id}", admin.Token),
            _client.PostAsync($"{Users}/user/{root.User.Id}/end-sessions", admin.Token),
        ];

        foreach (var attempt in attempts)
        {
            Assert.Equal("RolesExceedOwn", await attempt.RefusedAsync(HttpStatusCode.Forbidden));
        }

        await _client.GetAsync("/user", root.Token).AcceptedAsync();
        Assert.Equal(
            ["AccountChangeRefused", "AccountChangeRefused", "AccountDeactivationRefused", "RoleChangeRefused", "SessionsEndRefused"],
            (await _world.AuditAsync(root.User.Id)).Order());
    }

    [Fact]
    public async Task S21_nobody_raises_anybody_above_themselves_not_even_themselves()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var user = await _world.UserAsync(Role.User);

        await _client.PatchAsync(EditOf(user), admin.Token, new { type = "root" }).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PatchAsync(EditOf(admin.User), admin.Token, new { type = "admin,root" }).RefusedAsync(HttpStatusCode.Forbidden);

        Assert.Equal("user", await _world.ScalarAsync<string>("SELECT type FROM user_auth_roles WHERE id = @Id", user));
        Assert.Equal("admin", await _world.ScalarAsync<string>("SELECT type FROM user_auth_roles WHERE id = @Id", admin.User));
    }

    [Theory]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Backoffice)]
    [InlineData(Role.Sender)]
    [InlineData(Role.ESight)]
    [InlineData(Role.User)]
    public async Task S21_those_who_are_no_administrators_change_nobody(Role role)
    {
        var actor = await _world.SessionAsync(role);
        var victim = await _world.SessionAsync(Role.Sender);

        Assert.Equal(
            "Forbidden",
            await _client.PostAsync($"{Users}/user", actor.Token, new { username = NewName(), password = NewPassword, type = "user" })
                .RefusedAsync(HttpStatusCode.Forbidden));
        await _client.PatchAsync(EditOf(victim.User), actor.Token, new { status = "deactivated" }).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.DeleteAsync($"{Users}/user/deactivate/{victim.User.Id}", actor.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PostAsync($"{Users}/user/{victim.User.Id}/end-sessions", actor.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.GetAsync("/things", victim.Token).AcceptedAsync();
    }

    [Fact]
    public async Task S22_the_account_of_eSight_logs_out_and_does_nothing_else_here()
    {
        var esight = await _world.SessionAsync(Role.ESight);

        await _client.GetAsync("/user", esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PostAsync("/user/password", esight.Token, new { current = AuthFixture.Password, @new = NewPassword }).RefusedAsync(
            HttpStatusCode.Forbidden);
        await _client.GetAsync("/things", esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.GetAsync(Users, esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.GetAsync("/api/v1/management/audit", esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PostAsync("/logout", esight.Token).AcceptedAsync();
    }

    [Fact]
    public async Task S7_a_user_changes_its_own_password_with_the_current_one()
    {
        var (user, token) = await _world.SessionAsync(Role.User);

        await _client.PostAsync("/user/password", token, new { current = AuthFixture.Password, @new = NewPassword }).AcceptedAsync();

        await _client.LoginAsync(user.Name, NewPassword);
        await _client.TryLoginAsync(user.Name, AuthFixture.Password).RefusedAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(["PasswordChanged", "LoginSucceeded", "LoginFailed"], await _world.AuditAsync(user.Id));
    }

    [Fact]
    public async Task S7_the_current_password_is_needed_and_guesses_at_it_are_throttled()
    {
        var (user, token) = await _world.SessionAsync(Role.User);

        Assert.Equal(["/current Missing"], await _client.PostAsync("/user/password", token, new { @new = NewPassword }).InvalidAsync());
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(
                ["/current WrongPassword"],
                await _client.PostAsync("/user/password", token, new { current = $"guess {guess}", @new = NewPassword }).InvalidAsync());
        }

        await _client.PostAsync("/user/password", token, new { current = AuthFixture.Password, @new = NewPassword }).RefusedAsync(
            HttpStatusCode.TooManyRequests);
        Assert.Equal(6, (await _world.AuditAsync(user.Id)).Count(kind => kind == "PasswordChangeRefused"));
    }

    [Fact]
    public async Task S7_the_new_password_must_be_another_one()
    {
        var (_, token) = await _world.SessionAsync(Role.User);

        Assert.Equal(
            ["/new PasswordUnchanged"],
            await _client.PostAsync("/user/password", token, new { current = AuthFixture.Password, @new = AuthFixture.Password })
                .InvalidAsync());
    }

    [Theory]
    [InlineData("root", true)]
    [InlineData("admin", true)]
    [InlineData("backoffice,sender", true)]
    [InlineData("sender", false)]
    [InlineData("auditor", false)]
    [InlineData("user", false)]
    public async Task S7_after_an_administrator_set_a_password_its_user_is_told_and_people_with_rights_must_change_it(
        string type, bool enforced)
    {
        var root = await _world.SessionAsync(Role.Root);
        var name = NewName();
        await _client.PostAsync($"{Users}/user", root.Token, new { username = name, password = NewPassword, type })
            .AcceptedAsync(HttpStatusCode.Created);
        var token = await _client.LoginAsync(name, NewPassword);

        Assert.True(await MustChangeAsync(token));
        using (var users = await _client.GetAsync(type == "sender" ? "/things" : Users, token))
        {
            Assert.Equal(enforced ? "PasswordChangeRequired" : null, await CodeOfAsync(users, "PasswordChangeRequired"));
        }

        await _client.PostAsync("/user/password", token, new { current = NewPassword, @new = "seven quiet tramways at dusk" })
            .AcceptedAsync();

        token = await _client.LoginAsync(name, "seven quiet tramways at dusk");
        Assert.False(await MustChangeAsync(token));
        using var after = await _client.GetAsync(Users, token);
        Assert.Null(await CodeOfAsync(after, "PasswordChangeRequired"));
    }

    [Fact]
    public async Task S7_an_administrators_own_password_is_not_changed_by_an_edit()
    {
        var admin = await _world.SessionAsync(Role.Admin);

        await _client.PatchAsync(EditOf(admin.User), admin.Token, new { password = NewPassword }).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.LoginAsync(admin.User.Name, AuthFixture.Password);
    }

    [Fact]
    public async Task An_edit_leaves_one_audit_row_for_each_thing_that_changed()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var user = await _world.UserAsync(Role.User);

        await _client.PatchAsync(EditOf(user), admin.Token, new { password = NewPassword, type = "sender", status = "deactivated" })
            .AcceptedAsync();
        await _client.PatchAsync(EditOf(user), admin.Token, new { status = "active" }).AcceptedAsync();
        await _client.PatchAsync(EditOf(user), admin.Token, new { status = "active", type = "sender" }).AcceptedAsync();

        Assert.Equal(
            ["AccountChanged", "AccountDeactivated", "PasswordChanged", "RoleChanged"], (await _world.AuditAsync(user.Id)).Order());
    }

    [Fact]
    public async Task Deactivating_twice_is_one_act()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var user = await _world.UserAsync(Role.User);

        Assert.Equal("deactivated", await _client.DeleteAsync($"{Users}/user/deactivate/{user.Id}", admin.Token).AcceptedAsync());
        Assert.Equal("deactivated", await _client.DeleteAsync($"{Users}/user/deactivate/{user.Id}", admin.Token).AcceptedAsync());

        Assert.Equal(["AccountDeactivated"], await _world.AuditAsync(user.Id));
    }

    [Fact]
    public async Task A_user_who_does_not_exist_is_404()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        foreach (var id in new[] { "nobody", Guid.NewGuid().ToString(), "' OR '1'='1", new string('x', 400) })
        {
            await _client.GetAsync($"{Users}/user/{Uri.EscapeDataString(id)}", admin.Token).RefusedAsync(HttpStatusCode.NotFound);
            await _client.PatchAsync($"{Users}/user/edit/{Uri.EscapeDataString(id)}", admin.Token, new { status = "active" })
                .RefusedAsync(HttpStatusCode.NotFound);
            await _client.DeleteAsync($"{Users}/user/deactivate/{Uri.EscapeDataString(id)}", admin.Token)
                .RefusedAsync(HttpStatusCode.NotFound);
            await _client.PostAsync($"{Users}/user/{Uri.EscapeDataString(id)}/end-sessions", admin.Token)
                .RefusedAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task The_list_is_paged_oldest_first_and_shows_no_hash_and_no_token_of_the_original()
    {
        var reader = await _world.SessionAsync(Role.Auditor);
        var user = await _world.UserAsync(Role.User);
        var payloadOfTheOriginal = new string('e', 400);
        await _world.ExecuteAsync(
            "UPDATE user_auth_roles SET creator = @payloadOfTheOriginal WHERE id = @Id", new { payloadOfTheOriginal, user.Id });
        var seen = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var text = await _client.GetAsync($"{Users}?limit=3{cursor}", reader.Token).AcceptedAsync();
            Assert.DoesNotContain("argon2", text, StringComparison.Ordinal);
            Assert.DoesNotContain(payloadOfTheOriginal, text, StringComparison.Ordinal);
            using var page = JsonDocument.Parse(text);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.RootElement.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : null;
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.Contains(user.Id, seen);
        Assert.Equal(
            ["/cursor BadCursor", "/limit BadLimit"], await _client.GetAsync($"{Users}?limit=501&cursor=x'", reader.Token).InvalidAsync());
    }

    [Fact]
    public async Task A_user_sees_itself()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender, Role.User);

        using var own = JsonDocument.Parse(await _client.GetAsync("/user", token).AcceptedAsync());

        Assert.Equal(user.Name, own.RootElement.GetProperty("username").GetString());
        Assert.Equal(user.Id, own.RootElement.GetProperty("id").GetString());
        Assert.Equal(["sender", "user"], own.RootElement.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!));
        Assert.False(own.RootElement.GetProperty("mustChangePassword").GetBoolean());
        Assert.InRange(own.RootElement.GetProperty("expiresAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(58), DateTimeOffset.UtcNow.AddMinutes(61));
    }

    [Theory]
    [InlineData("", "/type Length")]
    [InlineData("superuser", "/type UnknownRole")]
    [InlineData("user,", "/type UnknownRole")]
    [InlineData("user;root", "/type UnknownRole")]
    public async Task Only_known_roles_are_given(string type, string fault)
    {
        var admin = await _world.SessionAsync(Role.Root);

        Assert.Equal(
            [fault],
            await _client.PostAsync($"{Users}/user", admin.Token, new { username = NewName(), password = NewPassword, type })
                .InvalidAsync());
    }

    private static string NewName() => $"new-{Guid.NewGuid():n}"[..24];

    private static string EditOf(TestUser user) => $"{Users}/user/edit/{user.Id}";

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response, string code) =>
        (await response.Content.ReadAsStringAsync()).Contains(code, StringComparison.Ordinal) ? code : null;

    private async Task<bool> MustChangeAsync(string token)
    {
        using var own = JsonDocument.Parse(await _client.GetAsync("/user", token).AcceptedAsync());
        return own.RootElement.GetProperty("mustChangePassword").GetBoolean();
    }
}
