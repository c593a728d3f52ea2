using System.Net;
using System.Text.Json;
using EnergyLoad.Audit;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Cancelling;
using EnergyLoad.SendApi.Outcomes.Retention;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class RetentionTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private const int Days = 500;

    [Fact]
    public async Task Old_messages_are_put_away_and_the_ledger_says_the_same_before_and_after()
    {
        await DeliveredAsync("settled", HttpStatusCode.OK);
        await DeliveredAsync("rejected", HttpStatusCode.BadRequest);
        var partly = await DeliveredAsync("partly", HttpStatusCode.OK);
        await ReportAsync(partly);
        var dead = await world.AcceptAsync(new("dead") { Meter = "dead", Market = "hu" });
        await world.ExecuteAsync("UPDATE messages SET state = 4, due_at = '9999-12-31' WHERE id = @id", new { id = dead.ToBytes() });
        var cancelled = await world.AcceptAsync(new("cancelled") { Meter = "cancelled", Sender = "other" });
        await world.Get<CancelStore>().CancelAsync(cancelled, owner: null, new AuditContext(), CancellationToken.None);
        await world.AcceptAsync(new("pending") { Meter = "pending" });
        await world.ProjectAsync();
        await world.ExecuteAsync("DELETE FROM send_outbox");
        await world.ExecuteAsync("UPDATE messages SET settles_at = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE state = 2");
        await AgeAsync();
        await world.AcceptAsync(new("young") { Meter = "young" });
        var before = await CountAllAsync();
        Assert.All(before.Values, view => Assert.True(view.Balanced));

        await world.Get<MessageRetention>().RunAsync(CancellationToken.None);

        var left = await KeysAsync();
        Assert.Equal(["dead", "pending", "young"], left.Order());
        Assert.Equal(
            0,
            await world.ReadAsync<int>("SELECT COUNT(*) FROM attempts a LEFT JOIN messages m ON m.id = a.message_id WHERE m.id IS NULL"));
        Assert.Equal(
            0, await world.ReadAsync<int>("SELECT COUNT(*) FROM message_search s LEFT JOIN messages m ON m.id = s.id WHERE m.id IS NULL"));
        Assert.Equal(1, await world.ReadAsync<int>("SELECT COUNT(*) FROM ledger_counts"));
        var after = await CountAllAsync();
        foreach (var (grouping, view) in before)
        {
            Assert.Equal(
                JsonSerializer.Serialize(view, SendJson.Default.LedgerView),
                JsonSerializer.Serialize(after[grouping], SendJson.Default.LedgerView));
        }

        // What died is deleted once somebody has dealt with it; it balances then as well.
        await world.ExecuteAsync("UPDATE messages SET state = 5 WHERE state = 4");
        await world.Get<MessageRetention>().RunAsync(CancellationToken.None);
        Assert.All((await CountAllAsync()).Values, view => Assert.True(view.Balanced));
        Assert.DoesNotContain("dead", await KeysAsync());
    }

    private async Task<IEnumerable<string>> KeysAsync() =>
        await world.Database.QueryAsync<string>("SELECT message_key FROM messages", null, CancellationToken.None);

    private async Task<SendId> DeliveredAsync(string name, HttpStatusCode status)
    {
        var id = await world.AcceptAsync(new(name) { Meter = name, Feed = "gas" });
        await world.DeliverAsync(status);
        return id;
    }

    private Task ReportAsync(SendId id) => world.Get<ErrorEventIntake>().ApplyAsync(
        new ErrorEvent
        {
            EventId = Guid.NewGuid(), SendId = id.Value, EsightId = "e", ErrorCode = "E1", ErrorMessage = "no", DatapointKey = "kwh",
            TsIso8601 = "2022-10-01T00:30:00Z", ReceivedAt = DateTimeOffset.UtcNow,
        },
        CancellationToken.None);

    /// <summary>Moves everything into the past, the ids' own time included.</summary>
    private async Task AgeAsync()
    {
        var past = SendId.FloorOf(DateTimeOffset.UtcNow.AddDays(-Days)).ToBytes()[..6];
        foreach (var table in new[] { "messages", "message_search", "ledger_counts" })
        {
            var ids = await world.Database.QueryAsync<byte[]>($"SELECT id FROM {table}", null, CancellationToken.None);
            foreach (var id in ids)
            {
                byte[] old = [.. past, .. id.Skip(6)];
                await world.ExecuteAsync(
                    $"UPDATE {table} SET id = @old, accepted_at = accepted_at - INTERVAL {Days} DAY WHERE id = @id", new { old, id });
                await (table == "messages"
                    ? world.ExecuteAsync("UPDATE attempts SET message_id = @old WHERE message_id = @id", new { old, id })
                    : Task.FromResult(0));
                await (table == "messages"
                    ? world.ExecuteAsync("UPDATE reading_errors SET message_id = @old WHERE message_id = @id", new { old, id })
                    : Task.FromResult(0));
            }
        }
    }

    private async Task<Dictionary<string, LedgerView>> CountAllAsync()
    {
        // Whole hours: within what is put away there are no others.
        var from = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddDays(-Days - 2);
        var to = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddDays(1);
        var views = new Dictionary<string, LedgerView>();
        foreach (var grouping in Enum.GetValues<LedgerGrouping>().Cast<LedgerGrouping?>().Append(null))
        {
            views[$"{grouping}"] = await world.Get<LedgerStore>().CountAsync(from, to, grouping, CancellationToken.None);
        }

        return views;
    }
}
