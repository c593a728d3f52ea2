using System.Net.Http.Json;
using System.Security.Cryptography;
using EnergyLoad.Audit;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>Every credential of the running pair is replaced while it works, and no request fails for it.</summary>
public sealed class RotationTests(RotatingStack stack) : IClassFixture<RotatingStack>
{
    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task The_database_passwords_of_both_services_rotate_without_a_failed_request()
    {
        using var secrets = await StackSecretManager.ConnectAsync(Stack);
        await using var traffic = await Traffic.StartAsync(Stack);

        foreach (var secret in new[] { "edm-send-api-database", "edm-receive-api-database" })
        {
            // Between the two acts the services know a password that the server does not take yet.
            var (user, password) = await LoginAsync(secrets, secret);
            var next = RandomNumberGenerator.GetHexString(32);
            await secrets.AddVersionAsync(secret, new { user, password = next });
            await AwaitRotationInLogAsync(secret["edm-".Length..^"-database".Length], "database");
            await traffic.GoOnAsync();
            await OpenAs(user, password).ExecuteAsync($"SET PASSWORD = PASSWORD('{next}')", null, CancellationToken.None);
            await traffic.GoOnAsync();
        }

        Assert.Empty(await traffic.StopAsync());
    }

    [Fact]
    public async Task Both_of_eSights_logins_rotate_and_delivery_is_never_held()
    {
        using var http = new HttpClient();
        using var secrets = await StackSecretManager.ConnectAsync(Stack);
        await using var traffic = await Traffic.StartAsync(Stack);
        var next = RandomNumberGenerator.GetHexString(32);

        await secrets.AddVersionAsync("edm-esight-read", new { user = "edm-read-2", password = next });
        await secrets.AddVersionAsync("edm-esight-write", new { user = "edm-write-2", password = next });
        await traffic.GoOnAsync();
        await http.PutAsJsonAsync(
            new Uri(Stack.Esight, "/control/credentials"),
            new { readUser = "edm-read-2", readPassword = next, writeUser = "edm-write-2", writePassword = next });
        await traffic.GoOnAsync();
        await DeliverToNewMeterAsync(http);

        Assert.Empty(await traffic.StopAsync());
        await AssertDeliveredAsync(traffic.SendIds);
    }

    [Fact]
    public async Task The_audit_key_rotates_and_rows_of_both_keys_verify()
    {
        using var secrets = await StackSecretManager.ConnectAsync(Stack);
        await using var traffic = await Traffic.StartAsync(Stack);
        var first = (await secrets.AccessAsync("edm-audit-key")).GetProperty("key").GetString()!;
        var second = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        await secrets.AddVersionAsync(
            "edm-audit-key", new { id = "2", key = second, older = new Dictionary<string, string> { ["1"] = first } });
        await AwaitRotationInLogAsync("send-api", "audit-key");
        await AwaitRotationInLogAsync("receive-api", "audit-key");
        await traffic.GoOnAsync();

        Assert.Empty(await traffic.StopAsync());
        Assert.Equal(
            ["1", "2"],
            (await Database().QueryAsync<string>("SELECT DISTINCT key_id FROM access_log", null, CancellationToken.None)).Order());
        await using var audit = AuditHost(second, first);
        await using var report = new StringWriter();
        Assert.True(await AuditCommands.VerifyAsync(audit.Services, null, report, CancellationToken.None) == 0, report.ToString());
    }

    [Fact]
    public async Task The_key_that_signs_tokens_rotates_and_tokens_of_both_keys_are_taken()
    {
        // As Google does: a new key is published long before its first use; the gateways know it then.
        await SigningKeys.PublishAsync(Stack);
        await GatewayRestart.RunAsync(stack);
        await using var traffic = await Traffic.StartAsync(Stack);
        var before = await SigningKeys.OfNewTokenAsync(stack);

        await SigningKeys.RotateAsync(Stack);
        await traffic.GoOnAsync();

        Assert.NotEqual(before, await SigningKeys.OfNewTokenAsync(stack));
        Assert.Empty(await traffic.StopAsync());
    }

    private async Task DeliverToNewMeterAsync(HttpClient http)
    {
        // A meter that is not in the lists yet makes send-api read them again, under the new login.
        using var sender = await new OutcomeWorld(stack).LoginAsync("sender");
        var day = new MeterDay(
            new MeterFile("new", "lu", "electricity", "OUTC", "LU_OUTC_new"), "2022-10-01", [("2022-10-01T00:00:00Z", "1")]);
        await http.PutAsJsonAsync(new Uri(Stack.Esight, "/control/sites"), new[] { day.File.SiteCode, "LU_ROTATE" });
        await http.PutAsJsonAsync(new Uri(Stack.Esight, "/control/meters"), new[] { day.File.Meter, Traffic.Meter });
        await OutcomeWorld.UntilAsync(sender, await OutcomeWorld.PushAsync(sender, day.ToJson()), "delivered");
    }

    private async Task AssertDeliveredAsync(IReadOnlyCollection<string> sendIds)
    {
        using var sender = await new OutcomeWorld(stack).LoginAsync("sender");
        foreach (var sendId in sendIds)
        {
            await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
        }

        // Outcome 4 is "blocked": e-Sight's 401 reached the gate.
        Assert.Equal(
            [0L], await Database().QueryAsync<long>("SELECT COUNT(*) FROM attempts WHERE outcome = 4", null, CancellationToken.None));
        Assert.DoesNotContain(
            "lists could not be read", await File.ReadAllTextAsync(Path.Combine(Stack.Logs, "send-api-1.log")), StringComparison.Ordinal);
    }

    private Task AwaitRotationInLogAsync(string service, string secret) => Eventually.GetAsync(
        () => File.ReadAllTextAsync(Path.Combine(Stack.Logs, $"{service}-1.log")),
        log => log.Contains($"Secret {secret} changed from version", StringComparison.Ordinal));

    private static async Task<(string User, string Password)> LoginAsync(StackSecretManager secrets, string secret)
    {
        var login = await secrets.AccessAsync(secret);
        return (login.GetProperty("user").GetString()!, login.GetProperty("password").GetString()!);
    }

    private Database Database() => Stack.Mysql.Open();

    private Database OpenAs(string user, string password) => (Stack.Mysql with { User = user, Password = password }).Open();

    private WebApplication AuditHost(string key, string older)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MySql:Host"] = Stack.Mysql.Host, ["MySql:Port"] = $"{Stack.Mysql.Port}", ["MySql:Database"] = Stack.Mysql.Database,
            ["MySql:User"] = Stack.Mysql.User, ["MySql:Password"] = Stack.Mysql.Password,
            ["MySql:TlsMode"] = "None", ["MySql:AllowPublicKeyRetrieval"] = "true",
            ["Audit:HmacKey"] = key, ["Audit:HmacKeyId"] = "2", ["Audit:PreviousKeys:1"] = older,
        });
        builder.AddMySql(AuditMigrations.Set);
        builder.AddEnergyLoadAudit("test");
        return builder.Build();
    }
}
