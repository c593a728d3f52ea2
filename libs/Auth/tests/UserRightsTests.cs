using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;
using static EnergyLoad.Auth.Tests.Infrastructure.UserRoutes;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 21 and 22: who may make and change whom.</summary>
public sealed class UserRightsTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string NewPassword = AuthFixture.NewPassword;

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

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
        var name = TestUser.NewName();
        var body = $$"""{"username":"{{name}}","password":"{{NewPassword}}","type":"user","{{member}}":{{value}}}""";

        Assert.Equal([$"/{member} UnknownMember"], await _client.PostAsync($"{UsersPath}/user", admin.Token, body).InvalidAsync());
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

        var body = $$"""{"status":"active","{{member}}":"x"}""";
        Assert.Equal([$"/{member} UnknownMember"], await _client.PatchAsync(EditOf(user), admin.Token, body).InvalidAsync());
    }

    [Fact]
    public async Task S21_nobody_makes_a_user_whose_roles_exceed_their_own()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var name = TestUser.NewName();

        Assert.Equal(
            "RolesExceedOwn",
            await _client.PostAsync(
                $"{UsersPath}/user", admin.Token, new { username = name, password = NewPassword, type = "user,root" })
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
            _client.DeleteAsync($"{UsersPath}/user/deactivate/{root.User.Id}", admin.Token),
            _client.PostAsync($"{UsersPath}/user/{root.User.Id}/end-sessions", admin.Token),
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
            await _client.PostAsync(
                $"{UsersPath}/user", actor.Token, new { username = TestUser.NewName(), password = NewPassword, type = "user" })
                .RefusedAsync(HttpStatusCode.Forbidden));
        await _client.PatchAsync(EditOf(victim.User), actor.Token, new { status = "deactivated" }).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.DeleteAsync($"{UsersPath}/user/deactivate/{victim.User.Id}", actor.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PostAsync($"{UsersPath}/user/{victim.User.Id}/end-sessions", actor.Token).RefusedAsync(HttpStatusCode.Forbidden);
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
        await _client.GetAsync(UsersPath, esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.GetAsync("/api/v1/management/audit", esight.Token).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.PostAsync("/logout", esight.Token).AcceptedAsync();
    }
}
