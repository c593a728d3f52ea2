using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Text;
using Dapper;
using EnergyLoad.Auth.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 16: no token, key or password in a log, a trace, an error or a table.</summary>
public sealed class SinkTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string Canary = "kanarienvogel-4711-zwitschert";

    private readonly World _world = fixture.World;

    [Fact]
    public async Task S16_a_canary_grep_over_logs_traces_answers_and_tables_finds_nothing()
    {
        var traces = new ConcurrentQueue<string>();
        using var listener = ListenTo(traces);
        await using var service = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);
        var secrets = new List<string> { Canary, "metadata-access-token" };
        var answers = new List<string>();

        await LiveAsync(service.Client(), secrets, answers);

        Assert.Contains("/login", string.Join(' ', traces), StringComparison.Ordinal);
        var sinks = new[] { ("logs", string.Join('\n', service.Log.Lines.Select(line => line.Text))), ("traces", string.Join('\n', traces)), ("answers", string.Join('\n', answers)), ("tables", await DumpAsync()) };
        foreach (var (sink, content) in sinks)
        {
            Assert.All(secrets, secret => Assert.False(content.Contains(secret, StringComparison.Ordinal), $"a secret is in the {sink}"));
        }
    }

    [Fact]
    public async Task A_day_without_incident_leaves_no_warning()
    {
        await using var service = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);
        var client = service.Client();
        var user = await _world.UserAsync(Role.Sender);
        var token = await client.LoginAsync(user.Name, AuthFixture.Password);
        await client.GetAsync("/things", token).AcceptedAsync();
        await client.PostAsync("/logout", token).AcceptedAsync();

        Assert.DoesNotContain(service.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private static ActivityListener ListenTo(ConcurrentQueue<string> traces)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))} {string.Join(' ', activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private async Task LiveAsync(GatewayClient client, List<string> secrets, List<string> answers)
    {
        var root = await _world.SessionAsync(Role.Root);
        var name = $"canary-{Guid.NewGuid():n}"[..24];
        await client.PostAsync("/api/v1/management/users/user", root.Token, new { username = name, password = Canary, type = "user" })
            .AcceptedAsync(System.Net.HttpStatusCode.Created);
        var token = await client.LoginAsync(name, Canary);
        secrets.AddRange([token, token.Split('.')[1], token.Split('.')[2], root.Token.Split('.')[2]]);

        HttpRequestMessage[] requests =
        [
            client.Request(HttpMethod.Get, "/user", token),
            client.Request(HttpMethod.Post, "/login", body: new { username = name, password = Canary + "x" }),
            client.Request(HttpMethod.Post, "/login", body: $$"""{"username":"{{name}}","password":"{{Canary}}","extra":"{{Canary}}"}"""),
            client.Request(HttpMethod.Post, "/login", body: $$"""{"password":"{{Canary}}" """),
            client.Request(HttpMethod.Post, "/user/password", token, new { current = Canary + "x", @new = Canary + " neu" }),
            client.Request(HttpMethod.Post, "/user/password", token, new { current = Canary, @new = Canary }),
            client.Request(HttpMethod.Patch, $"/api/v1/management/users/user/edit/{root.User.Id}", root.Token, new { password = Canary }),
            client.Request(HttpMethod.Get, "/things", token[..^4] + "AAAA"),
            client.Request(HttpMethod.Get, "/things", token),
            client.Request(HttpMethod.Post, "/logout", token),
            client.Request(HttpMethod.Get, "/user", token),
        ];
        secrets.AddRange(requests.Select(request => request.Headers.GetValues("Authorization").Single()["Bearer ".Length..]));
        foreach (var request in requests)
        {
            using var response = await GatewayClient.SendAsync(request);
            answers.Add($"{response.Headers} {await response.Content.ReadAsStringAsync()}");
        }
    }

    private async Task<string> DumpAsync()
    {
        await using var connection = await fixture.Database.Database.OpenAsync(CancellationToken.None);
        var dump = new StringBuilder();
        foreach (var table in (await connection.QueryAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")).ToArray())
        {
            await using var reader = await connection.ExecuteReaderAsync($"SELECT * FROM `{table}`");
            while (await reader.ReadAsync())
            {
                foreach (var value in Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue))
                {
                    dump.Append(value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value).Append(' ');
                }
            }
        }

        return dump.ToString();
    }
}
