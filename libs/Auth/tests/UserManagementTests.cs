using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;
using static EnergyLoad.Auth.Tests.Infrastructure.UserRoutes;

namespace EnergyLoad.Auth.Tests;

/// <summary>What the original's callers rely on: users are made, changed, listed and read.</summary>
public sealed class UserManagementTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string NewPassword = AuthFixture.NewPassword;

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task A_user_is_made_with_201_and_an_existing_one_is_left_alone_with_200()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var name = TestUser.NewName();

        using var created = await _client.PostAsync(
            $"{UsersPath}/user", admin.Token, new { username = name, password = NewPassword, type = "sender,user" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        Assert.Equal($"{UsersPath}/user/{id}", created.Headers.Location!.ToString());

        var same = new { username = name.ToUpperInvariant(), password = NewPassword + "!", type = "user" };
        var again = JsonDocument.Parse(await _client.PostAsync($"{UsersPath}/user", admin.Token, same).AcceptedAsync());
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
        var name = TestUser.NewName();

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await _client.PostAsync(
                $"{UsersPath}/user", admin.Token, new { username = name, password = NewPassword, type = "user" });
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        }));

        Assert.Single(ids.Distinct());
        Assert.Equal(["AccountCreated"], await _world.AuditAsync(ids[0]!));
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

        Assert.Equal("deactivated", await _client.DeleteAsync($"{UsersPath}/user/deactivate/{user.Id}", admin.Token).AcceptedAsync());
        Assert.Equal("deactivated", await _client.DeleteAsync($"{UsersPath}/user/deactivate/{user.Id}", admin.Token).AcceptedAsync());

        Assert.Equal(["AccountDeactivated"], await _world.AuditAsync(user.Id));
    }

    [Fact]
    public async Task A_user_who_does_not_exist_is_404()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        foreach (var id in new[] { "nobody", Guid.NewGuid().ToString(), "' OR '1'='1", new string('x', 400) })
        {
            await _client.GetAsync($"{UsersPath}/user/{Uri.EscapeDataString(id)}", admin.Token).RefusedAsync(HttpStatusCode.NotFound);
            await _client.PatchAsync($"{UsersPath}/user/edit/{Uri.EscapeDataString(id)}", admin.Token, new { status = "active" })
                .RefusedAsync(HttpStatusCode.NotFound);
            await _client.DeleteAsync($"{UsersPath}/user/deactivate/{Uri.EscapeDataString(id)}", admin.Token)
                .RefusedAsync(HttpStatusCode.NotFound);
            await _client.PostAsync($"{UsersPath}/user/{Uri.EscapeDataString(id)}/end-sessions", admin.Token)
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
            var text = await _client.GetAsync($"{UsersPath}?limit=3{cursor}", reader.Token).AcceptedAsync();
            Assert.DoesNotContain("argon2", text, StringComparison.Ordinal);
            Assert.DoesNotContain(payloadOfTheOriginal, text, StringComparison.Ordinal);
            using var page = JsonDocument.Parse(text);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.RootElement.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : null;
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.Contains(user.Id, seen);
        Assert.Equal(
            ["/cursor BadCursor", "/limit BadLimit"], await _client.GetAsync($"{UsersPath}?limit=501&cursor=x'", reader.Token).InvalidAsync());
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
        var now = DateTimeOffset.UtcNow;
        Assert.InRange(own.RootElement.GetProperty("expiresAt").GetDateTimeOffset(), now.AddMinutes(58), now.AddMinutes(61));
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
            await _client.PostAsync($"{UsersPath}/user", admin.Token, new { username = TestUser.NewName(), password = NewPassword, type })
                .InvalidAsync());
    }
}
