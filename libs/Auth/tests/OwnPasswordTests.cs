using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;
using static EnergyLoad.Auth.Tests.Infrastructure.UserRoutes;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 7: one's own password, and one that an administrator has set.</summary>
public sealed class OwnPasswordTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string NewPassword = AuthFixture.NewPassword;

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

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
        var name = TestUser.NewName();
        await _client.PostAsync($"{UsersPath}/user", root.Token, new { username = name, password = NewPassword, type })
            .AcceptedAsync(HttpStatusCode.Created);
        var token = await _client.LoginAsync(name, NewPassword);

        Assert.True(await MustChangeAsync(token));
        using (var users = await _client.GetAsync(type == "sender" ? "/things" : UsersPath, token))
        {
            Assert.Equal(enforced ? "PasswordChangeRequired" : null, await CodeOfAsync(users, "PasswordChangeRequired"));
        }

        await _client.PostAsync("/user/password", token, new { current = NewPassword, @new = "seven quiet tramways at dusk" })
            .AcceptedAsync();

        token = await _client.LoginAsync(name, "seven quiet tramways at dusk");
        Assert.False(await MustChangeAsync(token));
        using var after = await _client.GetAsync(UsersPath, token);
        Assert.Null(await CodeOfAsync(after, "PasswordChangeRequired"));
    }

    [Fact]
    public async Task S7_an_administrators_own_password_is_not_changed_by_an_edit()
    {
        var admin = await _world.SessionAsync(Role.Admin);

        await _client.PatchAsync(EditOf(admin.User), admin.Token, new { password = NewPassword }).RefusedAsync(HttpStatusCode.Forbidden);
        await _client.LoginAsync(admin.User.Name, AuthFixture.Password);
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response, string code) =>
        (await response.Content.ReadAsStringAsync()).Contains(code, StringComparison.Ordinal) ? code : null;

    private async Task<bool> MustChangeAsync(string token)
    {
        using var own = JsonDocument.Parse(await _client.GetAsync("/user", token).AcceptedAsync());
        return own.RootElement.GetProperty("mustChangePassword").GetBoolean();
    }
}
