using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Attacks on accounts and sessions, through the gateways, with two instances of each service behind them.</summary>
[Collection(TwoOfEach.Name)]
public sealed class AccountAttackTests(TwoOfEach stack) : IDisposable
{
    private const string Users = "/api/v1/management/users";
    private const string NewPassword = "an umbrella under 9 bridges";
    private readonly HttpClient _http = new();

    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task A_token_that_was_logged_out_is_refused_by_every_instance()
    {
        var token = await LoginAsync(Stack.SendGateway, "sender");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, await StatusAsync(HttpMethod.Get, Stack.SendGateway, "/user", token));
        }

        Assert.Equal(200, await StatusAsync(HttpMethod.Post, Stack.SendGateway, "/logout", token));

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(401, await StatusAsync(HttpMethod.Get, Stack.SendGateway, "/user", token));
        }
    }

    [Fact]
    public async Task Deactivating_a_user_at_one_gateway_ends_its_sessions_at_both()
    {
        var root = await LoginAsync(Stack.ReceiveGateway, "root");
        var victim = new StackUser($"victim-{Guid.NewGuid():n}"[..20], NewPassword);
        using var made = await SendAsync(
            HttpMethod.Post,
            Stack.ReceiveGateway,
            $"{Users}/user",
            root,
            new { username = victim.Username, password = victim.Password, type = "user" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var sending = await LoginAsync(Stack.SendGateway, victim);
        var receiving = await LoginAsync(Stack.ReceiveGateway, victim);

        Assert.Equal(200, await StatusAsync(HttpMethod.Delete, Stack.ReceiveGateway, $"{Users}/user/deactivate/{id}", root));

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(401, await StatusAsync(HttpMethod.Get, Stack.SendGateway, "/user", sending));
            Assert.Equal(401, await StatusAsync(HttpMethod.Get, Stack.ReceiveGateway, "/user", receiving));
        }
    }

    [Fact]
    public async Task The_account_of_eSight_logs_out_and_manages_nothing()
    {
        var esight = await LoginAsync(Stack.ReceiveGateway, "esight");

        Assert.Equal(403, await StatusAsync(HttpMethod.Get, Stack.ReceiveGateway, "/user", esight));
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, Stack.ReceiveGateway, Users, esight));
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, Stack.ReceiveGateway, "/api/v1/management/audit", esight));
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, Stack.ReceiveGateway, $"{Users}/user", esight, new { username = "x", password = NewPassword, type = "root" }));
        Assert.Equal(200, await StatusAsync(HttpMethod.Post, Stack.ReceiveGateway, "/logout", esight));
    }

    [Fact]
    public async Task Nobody_rises_above_their_roles()
    {
        var admin = await LoginAsync(Stack.SendGateway, "admin");
        var root = await LoginAsync(Stack.SendGateway, "root");
        using var own = await SendAsync(HttpMethod.Get, Stack.SendGateway, "/user", root);
        var rootId = (await own.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        Assert.Equal(403, await StatusAsync(HttpMethod.Post, Stack.SendGateway, $"{Users}/user", admin, new { username = "second-root", password = NewPassword, type = "root" }));
        Assert.Equal(
            403,
            await StatusAsync(HttpMethod.Patch, Stack.SendGateway, $"{Users}/user/edit/{rootId}", admin, new { password = NewPassword }));
        Assert.Equal(403, await StatusAsync(HttpMethod.Delete, Stack.SendGateway, $"{Users}/user/deactivate/{rootId}", admin));
        Assert.Equal(422, await StatusAsync(HttpMethod.Patch, Stack.SendGateway, $"{Users}/user/edit/{rootId}", root, new { creator = "x", status = "active" }));
        Assert.Equal(409, await StatusAsync(HttpMethod.Delete, Stack.SendGateway, $"{Users}/user/deactivate/{rootId}", root));
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, Stack.SendGateway, "/user", root));
    }

    [Fact]
    public async Task Guesses_at_a_name_are_throttled_alike_whether_it_exists_or_not_and_other_users_log_in_all_the_same()
    {
        foreach (var name in new[] { "nobody-of-that-name", Stack.Users["user"].Username })
        {
            for (var guess = 0; guess < 5; guess++)
            {
                Assert.Equal(401, await GuessAsync(name));
            }

            Assert.Equal(429, await GuessAsync(name));
        }

        await LoginAsync(Stack.SendGateway, "sender");
    }

    [Fact]
    public async Task Forged_headers_on_the_login_have_no_effect_and_leave_no_trace()
    {
        using var request = Request(HttpMethod.Post, Stack.SendGateway, "/login", null, Stack.Users["backoffice"]);
        request.Headers.Add("X-Forwarded-For", "203.0.113.66");
        request.Headers.Add("X-Forwarded-Authorization", "Bearer a.b.c");
        request.Headers.Add("X-Endpoint-API-UserInfo", "eyJ1c2VyX2lkIjoicm9vdCJ9");
        request.Headers.Add("X-HTTP-Method-Override", "POST");
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var audit = await SendAsync(
            HttpMethod.Get, Stack.SendGateway, "/api/v1/management/audit?type=LoginSucceeded", await LoginAsync(Stack.SendGateway, "root"));
        Assert.DoesNotContain("203.0.113.66", await audit.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/internal/tasks/drain")]
    [InlineData("/internal/tasks/publish")]
    [InlineData("/internal/scheduler/sweep")]
    [InlineData("/internal/pubsub/error-reports")]
    [InlineData("/health/ready")]
    public async Task Internal_routes_are_on_no_gateway_and_closed_to_the_gateways_account(string path)
    {
        var root = await LoginAsync(Stack.SendGateway, "root");

        Assert.Equal(404, await StatusAsync(HttpMethod.Post, Stack.SendGateway, path, root));
        Assert.Equal(404, await StatusAsync(HttpMethod.Post, Stack.ReceiveGateway, path, root));
    }

    [Fact]
    public async Task A_token_in_the_query_opens_nothing_even_beside_a_forged_forwarded_one()
    {
        var token = await LoginAsync(Stack.SendGateway, "sender");
        using var request = Request(HttpMethod.Get, Stack.SendGateway, $"/user?access_token={token}", null, null);
        request.Headers.Add("X-Forwarded-Authorization", $"Bearer {token}");
        request.Headers.Add("X-Endpoint-API-UserInfo", token.Split('.')[1]);

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, Uri gateway, string path, string? token, object? body)
    {
        var request = new HttpRequestMessage(method, new Uri(gateway, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("x-api-key", Stack.ApiKeys["internal"]);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri gateway, string path, string? token, object? body = null)
    {
        using var request = Request(method, gateway, path, token, body);
        return await _http.SendAsync(request);
    }

    private async Task<int> StatusAsync(HttpMethod method, Uri gateway, string path, string? token, object? body = null)
    {
        using var answer = await SendAsync(method, gateway, path, token, body);
        return (int)answer.StatusCode;
    }

    private Task<int> GuessAsync(string name) =>
        StatusAsync(HttpMethod.Post, Stack.SendGateway, "/login", null, new { username = name, password = "a guess at it" });

    private Task<string> LoginAsync(Uri gateway, string user) => LoginAsync(gateway, Stack.Users[user]);

    private async Task<string> LoginAsync(Uri gateway, StackUser user)
    {
        using var answer = await SendAsync(HttpMethod.Post, gateway, "/login", null, user);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
