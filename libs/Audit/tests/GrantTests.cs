using System.Data.Common;
using EnergyLoad.Audit.Tests.Support;
using EnergyLoad.MySql;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 34: what each database account can and cannot do.</summary>
public sealed class GrantTests : AuditTest
{
    private const string Password = "Only-for-this-test-1";
    private readonly string _user = $"u{Guid.NewGuid():n}"[..20];

    [Theory]
    [InlineData("UPDATE access_log SET subject = 'x'")]
    [InlineData("UPDATE access_log SET client_ip = NULL")]
    [InlineData("DELETE FROM access_log")]
    [InlineData("TRUNCATE TABLE access_log")]
    [InlineData("DROP TABLE access_log")]
    [InlineData("ALTER TABLE access_log DROP COLUMN mac")]
    [InlineData("REPLACE INTO access_log SELECT * FROM access_log")]
    [InlineData("INSERT INTO access_log SELECT * FROM access_log ON DUPLICATE KEY UPDATE detail = 'x'")]
    [InlineData("DELETE FROM access_log_lanes")]
    [InlineData("DELETE FROM access_log_anchors")]
    [InlineData("UPDATE access_log_anchors SET number = 0")]
    [InlineData("INSERT INTO access_log_checkpoints (lane, seq, mac, key_id, seal) VALUES (0, 1, '', '', '')")]
    public async Task S34_a_service_cannot_change_or_remove(string sql)
    {
        await FillOneLaneAsync(2);
        var options = await GrantAsync(AuditGrants.Service);
        await using var connection = await new Database(options).OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S34_a_service_can_do_all_that_it_has_to()
    {
        await using var service = AuditHost.Create(await GrantAsync(AuditGrants.Service), anchor: (_, _) => Task.CompletedTask);
        await service.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "id", "name"), CancellationToken.None);
        await service.StartAsync();
        await Eventually.IsTrueAsync(async () => await QueryAsync<int>("SELECT COUNT(*) FROM access_log_anchors") == 1);
        await service.StopAsync();
        Assert.True((await service.Verifier.VerifyAsync(AsyncEnumerable.Empty<AnchorObject>(), CancellationToken.None)).IsIntact);
    }

    [Fact]
    public async Task S36_the_retention_account_removes_and_erases()
    {
        await FillOneLaneAsync(4);
        await using var job = AuditHost.Create(await GrantAsync(AuditGrants.Retention));
        Assert.Equal(1, await job.Retention.EraseAsync(new AuditErasure { UserId = "user-2" }, CancellationToken.None));
        Assert.InRange(await job.Retention.RemoveBeforeAsync(DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None), 5, 20);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S36_the_retention_account_cannot_change_what_a_row_says()
    {
        await FillOneLaneAsync(2);
        await using var connection = await new Database(await GrantAsync(AuditGrants.Retention)).OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE access_log SET subject = 'x'";
        await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task S34_a_verifier_needs_to_read_and_no_more()
    {
        await FillOneLaneAsync(2);
        await using var verifier = AuditHost.Create(await GrantAsync(AuditGrants.Reader));
        Assert.True((await verifier.Verifier.VerifyAsync(AsyncEnumerable.Empty<AnchorObject>(), CancellationToken.None)).IsIntact);
    }

    private async Task<MySqlOptions> GrantAsync(Func<string, string, IReadOnlyList<string>> grants)
    {
        var account = $"'{_user}'@'%'";
        await Database.ExecuteAsync($"CREATE USER {account} IDENTIFIED BY '{Password}'");
        foreach (var grant in grants(Database.Name, account))
        {
            await Database.ExecuteAsync(grant);
        }

        var options = Database.Options;
        (options.User, options.Password) = (_user, Password);
        return options;
    }
}
