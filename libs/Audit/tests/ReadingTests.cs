using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Audit.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Audit.Tests;

/// <summary>The reading route, over a socket.</summary>
public sealed class ReadingTests : AuditTest
{
    private const string Route = "api/v1/management/audit";

    [Fact]
    public async Task S36_an_msisdn_is_masked_for_everybody_but_root()
    {
        await FillOneLaneAsync(1);
        await using var host = CreateReader(out var client);
        using var _ = client;
        client.BaseAddress = await host.StartAsync();

        Assert.Equal("+352*******56", (await ReadAsync(client)).Single().GetProperty("msisdn").GetString());
        client.DefaultRequestHeaders.Add("x-test-root", "1");
        Assert.Equal("+352621123456", (await ReadAsync(client)).Single().GetProperty("msisdn").GetString());
    }

    [Fact]
    public async Task S33_a_reader_sees_every_field()
    {
        await Host.Log.RecordAsync(AuditEvent.RoleChanged(Somebody, "target", "name", "user", "admin"), CancellationToken.None);
        await using var host = CreateReader(out var client);
        using var _ = client;
        client.BaseAddress = await host.StartAsync();

        var item = (await ReadAsync(client)).Single();
        Assert.Equal(
            ["id", "at", "type", "outcome", "service", "actor", "target", "subject", "detail", "clientIp", "msisdn", "traceId", "count"],
            item.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("RoleChanged", "succeeded", "user -> admin"), (Text(item, "type"), Text(item, "outcome"), Text(item, "detail")));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition_while_rows_arrive()
    {
        for (var row = 0; row < 45; row++)
        {
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, $"{row}", "name"), CancellationToken.None);
        }

        await using var host = CreateReader(out var client);
        using var _ = client;
        client.BaseAddress = await host.StartAsync();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{Route}?limit=10&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => Text(item, "target")!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "later", "name"), CancellationToken.None);
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 45).Reverse().Select(row => $"{row}"), seen);
    }

    [Theory]
    [InlineData("type=LoginFailed", 1)]
    [InlineData("type=RootCreated", 0)]
    [InlineData("user=target", 2)]
    [InlineData("user=actor-1", 3)]
    [InlineData("user=target&type=PasswordChanged", 1)]
    [InlineData("user=' OR 1=1 -- ", 0)]
    [InlineData("from=2020-01-01T00:00:00Z", 3)]
    [InlineData("from=2999-01-01T00:00:00%2B01:00", 0)]
    [InlineData("to=2020-01-01T00:00:00Z", 0)]
    [InlineData("limit=2", 2)]
    public async Task Rows_are_filtered(string query, int count)
    {
        await Host.Log.RecordAsync(AuditEvent.PasswordChanged(Somebody, "target", "name"), CancellationToken.None);
        await Host.Log.RecordAsync(AuditEvent.AccountDeactivated(Somebody, "target", "name"), CancellationToken.None);
        await Host.Log.RecordAsync(AuditEvent.LoginFailed(Somebody, "name", "other", "WrongPassword"), CancellationToken.None);
        await using var host = CreateReader(out var client);
        using var _ = client;
        client.BaseAddress = await host.StartAsync();
        Assert.Equal(count, (await ReadAsync(client, query)).Count);
    }

    [Theory]
    [InlineData("type=Nonsense", 1)]
    [InlineData("from=yesterday&to=2020-01-01", 2)]
    [InlineData("from=2020-01-01T00:00:00", 1)]
    [InlineData("limit=0", 1)]
    [InlineData("limit=501", 1)]
    [InlineData("limit=-1&cursor=AAAA&type=x&from=x&to=x", 5)]
    [InlineData("cursor=____________________________________________", 1)]
    public async Task A_query_that_is_not_understood_is_refused_with_every_fault(string query, int faults)
    {
        await using var host = CreateReader(out var client);
        using var _ = client;
        client.BaseAddress = await host.StartAsync();
        using var answer = await client.GetAsync($"{Route}?{query}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(faults, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetArrayLength());
    }

    private static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();

    private static async Task<List<JsonElement>> ReadAsync(HttpClient client, string query = "") =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"{Route}?{query}")).GetProperty("items").EnumerateArray()];

    private AuditHost CreateReader(out HttpClient client)
    {
        client = new HttpClient();
        return AuditHost.Create(
            Database.Options, map: app => app.MapEnergyLoadAudit(context => context.Request.Headers.ContainsKey("x-test-root")));
    }
}
