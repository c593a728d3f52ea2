using System.Diagnostics.Metrics;
using EnergyLoad.Audit.Tests.Support;
using EnergyLoad.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 35: an act and its row are one transaction.</summary>
public sealed class TransactionTests : AuditTest
{
    private const string CreateActs = "CREATE TABLE acts (id INT NOT NULL PRIMARY KEY) ENGINE=InnoDB";
    private const string BreakLog =
        "CREATE TRIGGER broken BEFORE INSERT ON access_log FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'broken'";

    [Fact]
    public async Task S35_no_row_no_act()
    {
        await Database.ExecuteAsync(CreateActs);
        await Database.ExecuteAsync(BreakLog);
        using var unwritten = Unwritten();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ActAsync(fails: false));

        Assert.Equal(0, await QueryAsync<int>("SELECT COUNT(*) FROM acts"));
        Assert.Equal(1, unwritten.Sum);
        Assert.Contains(Host.Captured.Entries, entry => entry is (LogLevel.Error, 4001, _));
    }

    [Fact]
    public async Task S35_no_act_no_row()
    {
        await Database.ExecuteAsync(CreateActs);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ActAsync(fails: true));
        Assert.Empty(await ReadRowsAsync());

        await ActAsync(fails: false);
        Assert.Single(await ReadRowsAsync());
        Assert.Equal(1, await QueryAsync<int>("SELECT COUNT(*) FROM acts"));
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S35_a_failed_login_whose_row_cannot_be_written_raises_an_alert_and_is_counted_for_later()
    {
        await using var host = CreateHost(new() { ["Audit:RefusalInterval"] = "00:00:00.100" });
        using var unwritten = Unwritten(host);
        await Database.ExecuteAsync(BreakLog);

        var refusal = AuditEvent.LoginFailed(Somebody, "name", null, "WrongPassword");
        Assert.False(await host.Log.TryRecordAsync(refusal, CancellationToken.None));
        Assert.Equal(1, unwritten.Sum);
        Assert.Contains(host.Captured.Entries, entry => entry is (LogLevel.Error, 4001, _));

        await Database.ExecuteAsync("DROP TRIGGER broken");
        await host.StartAsync();
        await Eventually.IsTrueAsync(async () => (await ReadRowsAsync()).Count == 1);
        var row = Assert.Single(await ReadRowsAsync());
        Assert.Equal((1011, 1L, "counted"), (row.Type, row.Occurrences, row.Detail));
    }

    [Fact]
    public async Task S35_a_login_whose_row_cannot_be_written_is_told_so()
    {
        await Database.ExecuteAsync(BreakLog);
        await Assert.ThrowsAsync<UnavailableException>(
            () => Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "id", "name"), CancellationToken.None));
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_its_trace()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Record.ExceptionAsync(
            () => Host.Log.TryRecordAsync(AuditEvent.LoginFailed(Somebody, "name", null, "WrongPassword"), gone.Token));
        await Eventually.IsTrueAsync(async () => (await ReadRowsAsync()).Count == 1);
    }

    [Fact]
    public async Task Two_events_of_one_act_take_one_lane()
    {
        await FillOneLaneAsync(5);
        Assert.Single((await ReadRowsAsync()).Select(row => row.Lane).Distinct());
        Assert.True((await VerifyAsync()).IsIntact);
    }

    private CountedMetric Unwritten(AuditHost? host = null) =>
        new((host ?? Host).Services.GetRequiredService<IMeterFactory>(), "energyload.audit.unwritten");

    private Task ActAsync(bool fails) => Host.Database.InTransactionAsync(
        async (transaction, token) =>
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.CommandText = "INSERT INTO acts (id) VALUES (1)";
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(token);
            await Host.Log.RecordAsync(transaction, AuditEvent.RoleChanged(Somebody, "id", "name", "user", "admin"), token);
            if (fails)
            {
                throw new InvalidOperationException("The act fails after its row.");
            }
        },
        CancellationToken.None);
}
