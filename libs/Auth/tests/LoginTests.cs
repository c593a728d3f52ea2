using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Auth.Users;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 9, 23 and 24 at the login, and the shapes of its answer.</summary>
public sealed class LoginTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string Unhashed = "";

    private static int _addresses;

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client($"203.0.113.{Interlocked.Increment(ref _addresses)}");

    [Fact]
    public async Task Gives_a_token_as_plain_text_as_the_original_did()
    {
        await using var service = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);
        var user = await _world.UserAsync(Role.Sender);

        using var response = await service.Client().TryLoginAsync(user.Name, AuthFixture.Password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var things = await service.Client().GetAsync("/things", await response.Content.ReadAsStringAsync());
        Assert.Equal($"{user.Name} sender", await things.Content.ReadAsStringAsync());
        Assert.Equal(["LoginSucceeded"], await _world.AuditAsync(user.Id));
        Assert.DoesNotContain(service.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json, text/plain", true)]
    [InlineData("text/plain;q=0.5, application/json", true)]
    [InlineData("text/plain, application/json;q=0.5", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html", false)]
    [InlineData("garbage;;;", false)]
    public async Task Gives_a_document_when_Accept_names_JSON(string accept, bool json)
    {
        var user = await _world.UserAsync(Role.Sender);
        using var request = _client.Request(HttpMethod.Post, "/login", body: new { username = user.Name, password = AuthFixture.Password });
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await GatewayClient.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(json ? "application/json" : "text/plain", response.Content.Headers.ContentType!.MediaType);
        if (json)
        {
            var document = JsonDocument.Parse(text).RootElement;
            Assert.Equal("Bearer", document.GetProperty("token_type").GetString());
            Assert.Equal(3600, document.GetProperty("expires_in").GetInt32());
            text = document.GetProperty("access_token").GetString()!;
        }

        await _client.GetAsync("/things", text).AcceptedAsync();
    }

    [Fact]
    public async Task A_client_without_a_User_Agent_is_served()
    {
        var user = await _world.UserAsync(Role.Sender);
        using var request = _client.Request(HttpMethod.Post, "/login", body: new { username = user.Name, password = AuthFixture.Password });
        Assert.Empty(request.Headers.UserAgent);

        await GatewayClient.SendAsync(request).AcceptedAsync();
    }

    [Fact]
    public async Task A_name_logs_in_however_it_is_cased_or_composed()
    {
        var user = await _world.UserAsync(Role.Sender);

        await _client.LoginAsync(user.Name.ToUpperInvariant(), AuthFixture.Password);
    }

    [Fact]
    public async Task S9_unknown_user_wrong_password_and_deactivated_user_get_the_same_status_headers_and_body()
    {
        var active = await _world.UserAsync(Role.Sender);
        var deactivated = await _world.UserAsync(
            Hashes.Of(AuthFixture.Password, Passwords.Argon2Parameters.OwaspMinimum), [Role.Sender], UserStatus.Deactivated);
        (string Name, string Password)[] attempts = [("nobody-at-all", AuthFixture.Password), (active.Name, "wrong"), (deactivated.Name, AuthFixture.Password), (deactivated.Name, "wrong")];

        var answers = new List<string>();
        foreach (var (name, password) in attempts)
        {
            using var response = await _client.TryLoginAsync(name, password);
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length"))
                .Select(header => $"{header.Key}={string.Join(',', header.Value)}");
            answers.Add($"{response.StatusCode} {string.Join(' ', headers.Order())} {string.Join(' ', body.EnumerateObject().Where(member => member.Name != "instance"))}");
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(["LoginFailed", "LoginFailed"], await _world.AuditAsync(deactivated.Id));
        Assert.Equal(["LoginFailed"], await _world.AuditAsync("nobody-at-all"));
    }

    [Fact]
    public async Task S9_refusals_take_the_same_time_whether_the_user_exists_or_not()
    {
        var settings = new Dictionary<string, string?> { ["Auth:LoginLimits:FreeFailuresPerName"] = "1000", ["Auth:LoginLimits:FreeFailuresPerAddress"] = "1000" };
        await using var service = await RunningService.StartAsync(fixture.Database, fixture.Service.Google, settings);
        var client = service.Client("192.0.2.77");
        var user = await _world.UserAsync(Role.Sender);
        var deactivated = await _world.UserAsync(
            Hashes.Of("another one", Passwords.Argon2Parameters.OwaspMinimum), [Role.Sender], UserStatus.Deactivated);
        string[] names = [user.Name, deactivated.Name, "nobody-in-particular", Unhashed];
        await Task.WhenAll(names.Select(name => TimeAsync(client, name)));

        // Taken in turns, so that whatever else this machine does burdens all alike.
        var times = names.ToDictionary(name => name, _ => new List<double>());
        for (var round = 0; round < 30; round++)
        {
            foreach (var name in names)
            {
                times[name].Add(await TimeAsync(client, name));
            }
        }

        // With 30 of each, chance alone leaves these bounds once in ten thousand times.
        Assert.InRange(Rank(times[deactivated.Name], times[user.Name]), 0.2, 0.8);
        Assert.InRange(Rank(times["nobody-in-particular"], times[user.Name]), 0.2, 0.8);

        // The control: an answer without a hash is told apart.
        Assert.InRange(Rank(times[Unhashed], times[user.Name]), 0, 0.2);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"password\":\"b\"} trailing", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"username\":\"c\",\"password\":\"b\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"password\":NaN}", HttpStatusCode.BadRequest)]
    [InlineData("{\"username\":\"a\",\"password\":[[[[[[[[[[1]]]]]]]]]]}", HttpStatusCode.BadRequest)]
    [InlineData("\uFEFF{\"username\":\"a\",\"password\":\"b\"}", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("null", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"text\"", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"a\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":1e400,\"password\":\"b\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"a\",\"password\":null}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"a\",\"password\":{\"$ne\":\"\"}}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"a\",\"password\":\"\\ud800\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"\\udc00\",\"password\":\"b\"}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"a\",\"password\":\"b\",\"admin\":true}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"username\":\"\",\"password\":\"\"}", HttpStatusCode.UnprocessableEntity)]
    public async Task S24_a_strange_body_has_one_outcome_and_never_a_500(string body, HttpStatusCode status)
    {
        await _client.PostAsync("/login", body: body).RefusedAsync(status);
    }

    [Fact]
    public async Task S24_bytes_that_are_no_UTF8_are_refused()
    {
        using var request = _client.Request(HttpMethod.Post, "/login");
        request.Content = new ByteArrayContent([.. "{\"username\":\""u8, 0xFF, 0xFE, .. "\",\"password\":\"b\"}"u8]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var response = await GatewayClient.SendAsync(request);

        Assert.InRange((int)response.StatusCode, 400, 422);
    }

    [Fact]
    public async Task S24_a_name_or_password_with_a_null_character_is_a_wrong_one()
    {
        await _client.PostAsync("/login", body: "{\"username\":\"a\\u0000b\",\"password\":\"b\\u0000\"}").RefusedAsync(
            HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S23_a_body_over_the_limit_is_413_and_the_client_reads_the_answer()
    {
        await _client.PostAsync("/login", body: $$"""{"username":"a","password":"{{new string('x', 200_000)}}"}""")
            .RefusedAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<double> TimeAsync(GatewayClient client, string name)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await client.TryLoginAsync(name, "not the password");
        Assert.Equal(name.Length == 0 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Unauthorized, response.StatusCode);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>
    /// How often a value of the one sample exceeds one of the other (Mann and Whitney): 0.5 when they cannot be told apart.
    /// </summary>
    private static double Rank(List<double> one, List<double> other) =>
        one.Sum(left => other.Sum(right => left > right ? 1.0 : left < right ? 0.0 : 0.5)) / (one.Count * other.Count);
}
