using EnergyLoad.Audit.Tests.Support;

namespace EnergyLoad.Audit.Tests;

/// <summary>The chain under concurrency, and its keys.</summary>
public sealed class ChainTests : AuditTest
{
    private const string OtherKey = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    [Fact]
    public async Task Many_acts_at_once_from_two_instances_leave_one_intact_row_each()
    {
        const int Acts = 600;
        await using var other = CreateHost(new() { ["Audit:Service"] = "other-service" });
        await Parallel.ForAsync(0, Acts, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (n, token) =>
            await (n % 2 == 0 ? Host : other).Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, $"{n}", $"name{n}"), token));

        var rows = await ReadRowsAsync();
        Assert.Equal(Acts, rows.Select(row => row.TargetId).Distinct().Count());
        Assert.Equal(Acts, rows.Count);
        Assert.Equal(16, rows.Select(row => row.Lane).Distinct().Count());
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Fifteen_open_acts_do_not_hold_up_the_sixteenth()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = new CountdownEvent(15);
        var open = Task.WhenAll(Enumerable.Range(0, 15).Select(n => Task.Run(() => HoldAsync(n, written, release.Task))));
        try
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(written.IsSet || open.IsCompleted));
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "sixteenth", "name"), CancellationToken.None);
            Assert.Equal("sixteenth", Assert.Single(await ReadRowsAsync()).TargetId);
        }
        finally
        {
            release.SetResult();
            await open;
        }

        Assert.Equal(16, (await ReadRowsAsync()).Select(row => row.Lane).Distinct().Count());
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task The_log_verifies_while_it_is_written_to()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteUntilAsync(stop.Token))).ToList();
        for (var round = 0; round < 5; round++)
        {
            Assert.Empty((await VerifyAsync()).Findings);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True((await VerifyAsync()).Rows > 0);
    }

    [Fact]
    public async Task Two_keys_are_valid_side_by_side()
    {
        await FillOneLaneAsync(3);
        await using var rotated = CreateHost(
            new() { ["Audit:HmacKey"] = OtherKey, ["Audit:HmacKeyId"] = "2", ["Audit:PreviousKeys:1"] = AuditHost.Key });
        for (var row = 0; row < 40; row++)
        {
            await rotated.Log.RecordAsync(AuditEvent.DeliveryPaused(Somebody, null), CancellationToken.None);
        }

        Assert.Equal(["1", "2"], (await ReadRowsAsync()).Select(row => row.KeyId).Distinct().Order());
        Assert.True((await rotated.Verifier.VerifyAsync(AsyncEnumerable.Empty<AnchorObject>(), CancellationToken.None)).IsIntact);
    }

    [Fact]
    public async Task A_row_under_a_key_that_is_not_configured_is_not_called_good()
    {
        await FillOneLaneAsync(3);
        await using var rotated = CreateHost(new() { ["Audit:HmacKey"] = OtherKey, ["Audit:HmacKeyId"] = "2" });
        var verification = await rotated.Verifier.VerifyAsync(AsyncEnumerable.Empty<AnchorObject>(), CancellationToken.None);
        Assert.Equal(AuditFindingKind.KeyUnknown, Assert.Single(verification.Findings).Kind);
    }

    private async Task WriteUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "id", "name"), CancellationToken.None);
        }
    }

    private Task HoldAsync(int n, CountdownEvent written, Task release) => Host.Database.InTransactionAsync(
        async (transaction, token) =>
        {
            await Host.Log.RecordAsync(transaction, AuditEvent.LoginSucceeded(Somebody, $"{n}", "name"), token);
            written.Signal();
            await release;
        },
        CancellationToken.None);
}
