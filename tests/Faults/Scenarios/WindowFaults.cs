using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>
/// kill -9 exactly between two steps. The windows are held open from outside, by row locks of a stranger's, slow answers and a paused
/// queue.
/// </summary>
internal static class WindowFaults
{
    private const int Least = 5;
    private const string Drain = "SELECT name FROM send_drains WHERE name = 'delivery' FOR UPDATE";
    private const string Gate = "SELECT id FROM esight_gate WHERE id = 1 FOR UPDATE";
    private const string Committed = "SELECT COUNT(*) FROM messages WHERE sender = @sender AND message_key LIKE @keys";
    private const string Recorded =
        "SELECT COUNT(*) FROM messages m JOIN attempts a ON a.message_id = m.id WHERE m.sender = @sender AND m.message_key LIKE @keys";
    private const string Unpublished = "SELECT id FROM error_reports WHERE published_at IS NULL FOR UPDATE";

    // Without a row to wait for there is nobody in the window.
    private const string Publishing =
        "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT' AND trx_query LIKE '%published_at%'";

    // How long e-Sight takes to answer while the window is looked for.
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(1);

    public static IEnumerable<Scenario> All =>
    [
        new("between-commit-and-answer", BetweenCommitAndAnswerAsync),
        new("between-answer-and-record", BetweenAnswerAndRecordAsync),
        new("between-outbox-and-publish", BetweenOutboxAndPublishAsync),
        new("between-publish-and-record", BetweenPublishAndRecordAsync),
    ];

    /// <summary>After its commit an accept arms the drain before it answers: a lock on the drain's row holds it there.</summary>
    private static async Task BetweenCommitAndAnswerAsync(Injection injection)
    {
        await injection.MomentAsync();
        await using var held = await injection.World.Server.HoldAsync(Drain);
        var open = await Injection.UntilAsync(
            async () => await CountAsync(injection, Committed) - injection.Traffic.Books.Accepted, window => window >= Least);
        injection.HitsRecords(2);
        injection.World.Processes.KillAll(Role.SendApi);
        injection.Notes.Add($"{open} committed and unanswered at the kill");
    }

    /// <summary>
    /// A record enters through the gate's row: a lock on it, taken while e-Sight thinks, holds what e-Sight then answers.
    /// </summary>
    private static async Task BetweenAnswerAndRecordAsync(Injection injection)
    {
        await injection.World.ESight.BehaveAsync(new { latencyMs = Thinking.TotalMilliseconds });
        await injection.MomentAsync();
        while (!await TryHitAsync(injection))
        {
            // The records came before the lock.
        }

        await injection.World.ESight.ForgetAsync();
    }

    private static async Task<bool> TryHitAsync(Injection injection)
    {
        var posts = await Injection.UntilAsync(
            async () => await PostsAsync(injection, age => age < Thinking / 2), posted => posted.Count >= Least);
        await using var held = await injection.World.Server.HoldAsync(Gate);
        await Injection.UntilAsync(() => Task.FromResult(DateTimeOffset.UtcNow), now => now > posts[^1].ReceivedAt + (Thinking * 1.3));
        var open = (await PostsAsync(injection, age => age > Thinking * 1.2)).Count - await CountAsync(injection, Recorded);
        if (open <= 0)
        {
            return false;
        }

        injection.HitsRecords(2);
        injection.World.Processes.KillAll(Role.SendApi);
        injection.Notes.Add($"{open} answered and unrecorded at the kill");
        return true;
    }

    /// <summary>Without alarms nothing is published: what is committed waits in the outbox.</summary>
    private static async Task BetweenOutboxAndPublishAsync(Injection injection)
    {
        await injection.World.Google.SetAsync(GoogleControl.Tasks, new { pause = true });
        var open = await Injection.UntilAsync(
            () => injection.World.Server.ReadAsync<long>("SELECT COUNT(*) FROM receive_outbox"), window => window >= Least);
        injection.World.Processes.KillAll(Role.ReceiveApi);
        await injection.World.Google.SetAsync(GoogleControl.Tasks, new { pause = false });
        injection.Notes.Add($"{open} committed and unpublished at the kill");
    }

    /// <summary>Pub/Sub has the events; a lock on the reports holds the mark that says so.</summary>
    private static async Task BetweenPublishAndRecordAsync(Injection injection)
    {
        await injection.World.Google.SetAsync(GoogleControl.Tasks, new { pause = true });
        var open = await Injection.UntilAsync(
            () => injection.World.Server.ReadAsync<long>("SELECT COUNT(*) FROM receive_outbox"), window => window >= Least);
        await using var held = await injection.World.Server.HoldAsync(Unpublished);
        await injection.World.Google.SetAsync(GoogleControl.Tasks, new { pause = false });
        await Injection.UntilAsync(() => injection.World.Server.ReadAsync<long>(Publishing), waiting => waiting > 0);
        injection.World.Processes.KillAll(Role.ReceiveApi);
        injection.Notes.Add($"{open} published and unmarked at the kill");
    }

    private static Task<long> CountAsync(Injection injection, string sql) =>
        injection.World.Server.ReadAsync<long>(
            sql, new { sender = injection.World.Stack.Users["sender"].Username, keys = $"{injection.Traffic.Prefix}%" });

    private static async Task<List<BookLine>> PostsAsync(Injection injection, Predicate<TimeSpan> ofAge) =>
        (await injection.World.ESight.ReadAsync(injection.Traffic.Prefix)).FindAll(line => ofAge(DateTimeOffset.UtcNow - line.ReceivedAt));
}
