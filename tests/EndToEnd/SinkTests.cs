using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.EndToEnd.Tests.Telemetry;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Looks for secrets in everything that the pair writes, after it was made to handle them in every wrong way.</summary>
[Collection(ObservedStack.Name)]
public sealed class SinkTests(ObservedStack stack)
{
    private const string WrongPassword = "canary-wrong-password-7Q";
    private const string Payload = "canary-payload-7Q";
    private static readonly string[] SecretNames =
        ["edm-send-api-database", "edm-receive-api-database", "edm-migrations-database", "edm-esight-read", "edm-esight-write", "edm-audit-key"];

    private const string AllTextColumns = """
        SELECT table_name AS t, column_name AS c FROM information_schema.columns
        WHERE table_schema = DATABASE() AND data_type IN ('varchar', 'varbinary', 'text', 'mediumtext', 'blob', 'mediumblob')
        """;

    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task S16_no_token_key_password_or_payload_lies_in_a_log_a_table_a_span_or_a_metric()
    {
        var tokens = await MisbehaveAsync();
        string[] secrets = [WrongPassword, .. tokens, .. await InSecretManagerAsync(), .. Stack.ApiKeys.Values, .. Stack.Users.Values.Select(user => user.Password), Stack.Mysql.Password];

        Assert.Empty(InLogs([Payload, .. secrets]));
        Assert.Empty(await InTablesAsync(secrets));
        Assert.Empty(await InTelemetryAsync([Payload, .. secrets]));
    }

    private async Task<string[]> MisbehaveAsync()
    {
        using var http = new HttpClient();
        using var sender = await GatewayUser.LoginAsync(Stack.SendGateway, Stack.ApiKeys["internal"], Stack.Users["sender"]);
        using var esight = await GatewayUser.LoginAsync(Stack.ReceiveGateway, Stack.ApiKeys["esight"], Stack.Users["esight"]);
        foreach (var body in new[] { $"{{\"a\":\"{Payload}\"", $"{{\"messageType\":\"{Payload}\"}}", $"[\"{Payload}\"]" })
        {
            using var pushed = await sender.PushAsync(body);
            using var reported = await esight.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/service/receive/errorjson", UriKind.Relative))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            });
            Assert.True((int)pushed.StatusCode is >= 400 and < 500 && (int)reported.StatusCode is >= 400 and < 500);
        }

        // The key in the URL, a wrong password, a token where none belongs.
        using var login = await http.PostAsJsonAsync(
            new Uri(Stack.SendGateway, $"/login?key={Stack.ApiKeys["internal"]}"), new StackUser("sender", WrongPassword), JsonSerializerOptions.Web);
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        using var lost = await http.GetAsync(
            new Uri(Stack.SendApi[0], $"/no/such/route?access_token={sender.Token}&key={Stack.ApiKeys["internal"]}"));
        Assert.Equal(HttpStatusCode.Unauthorized, lost.StatusCode);
        return [sender.Token, esight.Token, sender.Token.Split('.')[2]];
    }

    /// <summary>
    /// What the services have in their memory: passwords, the audit key, and e-Sight's logins in the form in which they are sent.
    /// </summary>
    private async Task<IReadOnlyList<string>> InSecretManagerAsync()
    {
        using var manager = await StackSecretManager.ConnectAsync(Stack);
        var found = new List<string>();
        foreach (var secret in await Task.WhenAll(SecretNames.Select(manager.AccessAsync)))
        {
            var members = secret.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!);
            found.Add(members.GetValueOrDefault("password") ?? members["key"]);
            if (members.TryGetValue("user", out var user))
            {
                found.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{members["password"]}")));
            }
        }

        return found;
    }

    private async Task<IEnumerable<string>> InTelemetryAsync(string[] secrets)
    {
        // Both services have exported what they were made to do above.
        await Eventually.GetAsync(
            () => Task.FromResult(string.Join(", ", stack.Collector.Spans.Select(span => span.Name).Distinct())),
            names => names.Contains("POST /login", StringComparison.Ordinal) && names.Contains("errorjson", StringComparison.Ordinal));
        return from body in stack.Collector.Bodies
            from secret in secrets
            where body.Contains(secret, StringComparison.Ordinal)
            select $"telemetry: {secret[..6]}…";
    }

    private IEnumerable<string> InLogs(string[] secrets) =>
        from log in Directory.GetFiles(Stack.Logs)
        let text = File.ReadAllText(log)
        from secret in secrets
        where text.Contains(secret, StringComparison.Ordinal)
        select $"{Path.GetFileName(log)}: {secret[..6]}…";

    private async Task<List<string>> InTablesAsync(string[] secrets)
    {
        var database = Stack.Mysql.Open();
        var found = new List<string>();
        foreach (var (table, column) in await database.QueryAsync<(string Table, string Column)>(AllTextColumns, null, CancellationToken.None))
        {
            foreach (var secret in secrets)
            {
                var rows = await database.QueryAsync<long>(
                    $"SELECT COUNT(*) FROM `{table}` WHERE INSTR(`{column}`, @secret) > 0", new { secret }, CancellationToken.None);
                if (rows.Single() > 0)
                {
                    found.Add($"{table}.{column}: {secret[..6]}…");
                }
            }
        }

        return found;
    }
}
