using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(SharedStack.Name)]
public sealed class RefusalTests(RunningStack stack) : IDisposable
{
    private const string Send = "/api/v1/service/send";
    private readonly HttpClient _http = new();

    private StackDescription Stack => stack.Description;

    [Theory]
    [InlineData("/login")]
    [InlineData("/api/v1/service/send")]
    [InlineData("/internal/tasks/drain")]
    [InlineData("/internal/pubsub/error-reports")]
    [InlineData("/no/such/route")]
    public async Task A_service_asked_without_the_gateways_token_refuses(string path)
    {
        foreach (var service in new[] { Stack.SendApi[0], Stack.ReceiveApi[0] })
        {
            using var answer = await _http.PostAsync(new Uri(service, path), Json("{}"));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_users_token_in_place_of_the_gateways_opens_nothing()
    {
        using var sender = await LoginAsync("sender");
        using var request = Request(new Uri(Stack.SendApi[0], Send), "{}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sender.Token);
        request.Headers.Add("X-Forwarded-Authorization", $"Bearer {sender.Token}");
        request.Headers.Add("X-Endpoint-API-UserInfo", sender.Token.Split('.')[1]);

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_key_the_gateway_refuses()
    {
        using var sender = await LoginAsync("sender");
        using var request = Request(new Uri(Stack.SendGateway, Send), "{}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sender.Token);

        await AssertGatewayRefusesAsync(request, HttpStatusCode.Unauthorized, "UNAUTHENTICATED: Method doesn't allow unregistered callers");
    }

    [Fact]
    public async Task Without_a_token_the_gateway_refuses()
    {
        using var request = Request(new Uri(Stack.SendGateway, Send), "{}", Stack.ApiKeys["internal"]);

        await AssertGatewayRefusesAsync(request, HttpStatusCode.Unauthorized, "Jwt is missing");
    }

    [Fact]
    public async Task With_an_expired_token_the_gateway_refuses()
    {
        using var request = Request(new Uri(Stack.SendGateway, Send), "{}", Stack.ApiKeys["internal"]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignAsync(DateTimeOffset.UtcNow.AddHours(-1)));

        await AssertGatewayRefusesAsync(request, HttpStatusCode.Unauthorized, "Jwt is expired");
    }

    [Fact]
    public async Task A_token_that_was_not_got_by_a_login_is_refused_although_its_signature_is_good()
    {
        using var request = Request(new Uri(Stack.SendGateway, Send), "{}", Stack.ApiKeys["internal"]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignAsync(DateTimeOffset.UtcNow.AddHours(1)));

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_the_one_gateway_is_not_valid_at_the_other()
    {
        using var sender = await LoginAsync("sender");
        using var request = Request(new Uri(Stack.ReceiveGateway, "/user"), null, Stack.ApiKeys["internal"]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sender.Token);

        await AssertGatewayRefusesAsync(request, HttpStatusCode.Forbidden, "Audiences in Jwt are not allowed");
    }

    [Fact]
    public async Task Forged_user_info_changes_nothing()
    {
        using var user = await LoginAsync("user");
        var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"user_id":"x","allowed_for":["root"]}"""));
        using var request = Request(new Uri(Stack.SendGateway, Send), "{}");
        request.Headers.Add("X-Endpoint-API-UserInfo", forged);
        request.Headers.Add("X-Forwarded-Authorization", $"Bearer a.{forged}.b");

        using var answer = await user.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("{", "application/json", 400, "InvalidJson")]
    [InlineData("{}", "text/plain", 415, "UnsupportedMediaType")]
    [InlineData("{}", "application/json", 422, "InvalidMessage")]
    [InlineData("[]", "application/json", 422, "InvalidMessage")]
    public async Task A_bad_body_is_refused_with_a_problem_document(string body, string mediaType, int status, string code)
    {
        using var sender = await LoginAsync("sender");

        using var answer = await sender.PushAsync(body, mediaType);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            (code, status, $"/reasons#{code}"),
            (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Every_fault_of_a_message_is_listed_by_pointer_and_code_and_nothing_is_kept()
    {
        using var sender = await LoginAsync("sender");
        using var backoffice = await LoginAsync("backoffice");
        var before = await AcceptedAsync(backoffice);

        using var answer = await sender.PushAsync("""{"messageType":"x","header":{"messageId":"m"},"gatewayData":{"datapointValues":[{"value":"1"}]}}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray();
        Assert.Equal(
            ["/gatewayData/datapointValues/0/datapointKey", "/gatewayData/datapointValues/0/tsIso8601", "/gatewayData/datapointValues/0/value", "/header/gatewayTypeUrn", "/header/gatewayUrn"],
            errors.Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(before, await AcceptedAsync(backoffice));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_and_the_client_reads_the_answer()
    {
        using var sender = await LoginAsync("sender");

        using var answer = await sender.PushAsync($"\"{new string('x', 9 * 1024 * 1024)}\"");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("RequestEntityTooLarge", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_sender_cannot_read_the_ledger_and_learns_nothing_of_unknown_ids()
    {
        using var sender = await LoginAsync("sender");

        using var ledger = await sender.SendAsync(Request(new Uri($"{Send}/ledger", UriKind.Relative), null));
        using var unknown = await sender.SendAsync(Request(new Uri($"{Send}/{Guid.CreateVersion7()}", UriKind.Relative), null));
        using var nonsense = await sender.SendAsync(Request(new Uri($"{Send}/nonsense", UriKind.Relative), null));

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            new[] { ledger.StatusCode, unknown.StatusCode, nonsense.StatusCode });
    }

    [Fact]
    public async Task After_logout_the_token_is_refused()
    {
        using var sender = await LoginAsync("sender");
        using var logout = await sender.SendAsync(Request(new Uri("/logout", UriKind.Relative), ""));
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);

        using var answer = await sender.PushAsync("{}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static HttpRequestMessage Request(Uri address, string? body, string? key = null)
    {
        var request =
            new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = body is null ? null : Json(body) };
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        return request;
    }

    private static async Task<long> AcceptedAsync(GatewayUser backoffice) =>
        (await backoffice.GetAsync($"{Send}/ledger")).GetProperty("total").GetProperty("messages").GetProperty("accepted").GetInt64();

    private Task<GatewayUser> LoginAsync(string user) =>
        GatewayUser.LoginAsync(Stack.SendGateway, Stack.ApiKeys["internal"], Stack.Users[user]);

    private async Task AssertGatewayRefusesAsync(HttpRequestMessage request, HttpStatusCode status, string message)
    {
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal((int)status, body.GetProperty("code").GetInt32());
        Assert.StartsWith(message, body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<string> SignAsync(DateTimeOffset expires)
    {
        using var forge = new TokenForge(Stack);
        return await forge.SignAsync(forge.Claims(expires));
    }
}
