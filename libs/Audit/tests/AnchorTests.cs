using System.Collections.Concurrent;
using System.Data;
using System.Text;
using EnergyLoad.Audit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 34: the heads are kept outside the database.</summary>
public sealed class AnchorTests : AuditTest
{
    private readonly ConcurrentQueue<AnchorObject> _bucket = [];

    [Fact]
    public async Task S34_a_tail_that_was_cut_with_care_is_found_by_the_anchor()
    {
        await FillOneLaneAsync(9);
        await AnchorAsync();
        await CutWithCareAsync(6);

        Assert.True((await VerifyAsync()).IsIntact);
        var finding = await FindAsync([.. _bucket]);
        Assert.Equal((AuditFindingKind.TailCut, 7L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_log_that_was_emptied_is_found_by_the_anchor()
    {
        await FillOneLaneAsync(9);
        await AnchorAsync();
        await CutWithCareAsync(0);
        Assert.True((await VerifyAsync()).IsIntact);
        Assert.Equal(1, (await FindAsync([.. _bucket])).Seq);
    }

    [Fact]
    public async Task S34_a_tail_that_was_cut_and_written_anew_is_found_by_the_anchor()
    {
        var lane = await FillOneLaneAsync(9);
        await AnchorAsync();
        await CutWithCareAsync(6);
        await WriteIntoAsync(lane, 8);

        Assert.True((await VerifyAsync()).IsIntact);
        var finding = await FindAsync([.. _bucket]);
        Assert.Equal((AuditFindingKind.Rewritten, 9L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_later_anchor_does_not_hide_what_an_earlier_one_saw()
    {
        var lane = await FillOneLaneAsync(9);
        await AnchorAsync();
        await CutWithCareAsync(6);
        await WriteIntoAsync(lane, 3);
        await AnchorAsync();

        Assert.Equal(AuditFindingKind.Rewritten, (await FindAsync([.. _bucket])).Kind);
        Assert.Equal(AuditFindingKind.Rewritten, (await FindAsync([.. _bucket.Reverse()])).Kind);
    }

    [Fact]
    public async Task S34_what_was_written_since_the_last_anchor_is_the_stated_loss_window()
    {
        await FillOneLaneAsync(6);
        await AnchorAsync();
        var lane = await QueryAsync<int>("SELECT lane FROM access_log_lanes WHERE seq > 0");
        await WriteIntoAsync(lane, 2);
        await CutWithCareAsync(6);
        var verification = await VerifyAsync([.. _bucket]);
        Assert.True(verification.IsIntact);
        Assert.NotNull(verification.NewestAnchorOutside);
    }

    [Fact]
    public async Task S34_an_anchor_in_the_database_finds_a_tail_that_was_cut_without_thinking_of_it()
    {
        await FillOneLaneAsync(9);
        await AnchorAsync();
        await Database.ExecuteAsync("""
            DELETE FROM access_log WHERE seq > 6;
            UPDATE access_log_lanes SET seq = 6, mac = (SELECT mac FROM access_log WHERE seq = 6) WHERE seq = 9
            """);
        Assert.Equal(AuditFindingKind.TailCut, (await FindAsync()).Kind);
    }

    [Fact]
    public async Task S34_an_anchor_that_the_log_did_not_make_is_named()
    {
        await FillOneLaneAsync(3);
        await AnchorAsync();
        var genuine = Assert.Single(_bucket);
        var changed = Encoding.UTF8.GetString(genuine.Content.Span).Replace("\"seq\":3", "\"seq\":2", StringComparison.Ordinal);
        var forged = genuine with { Content = Encoding.UTF8.GetBytes(changed) };
        Assert.Equal(AuditFindingKind.AnchorForged, (await FindAsync(forged)).Kind);
        Assert.Equal(AuditFindingKind.AnchorForged, (await FindAsync(genuine with { Content = "not json"u8.ToArray() })).Kind);
    }

    [Fact]
    public async Task S34_two_instances_take_one_anchor_per_interval()
    {
        await FillOneLaneAsync(3);
        await using var one = CreateHost(anchor: KeepAsync);
        await using var two = CreateHost(anchor: KeepAsync);
        var waits = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => Task.Run(() => Anchoring(n % 2 == 0 ? one : two).AnchorIfDueAsync(CancellationToken.None))));
        Assert.Single(_bucket);
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task S34_a_service_anchors_by_itself()
    {
        await FillOneLaneAsync(3);
        await using var host = CreateHost(new() { ["Audit:AnchorInterval"] = "00:00:00.100" }, KeepAsync);
        await host.StartAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(_bucket.Count > 2));
        await host.StopAsync();
        Assert.Equal(_bucket.Count, _bucket.Select(anchor => anchor.Name).Distinct().Count());
        Assert.Equal(_bucket.Count, (await VerifyAsync([.. _bucket])).AnchorsOutside);
    }

    [Fact]
    public async Task S34_an_anchor_that_could_not_be_kept_is_an_alert_and_is_tried_again()
    {
        var fails = true;
        await using var host = CreateHost(
            anchor: (anchor, token) => fails ? throw new IOException("bucket down") : KeepAsync(anchor, token));
        await Anchoring(host).AnchorIfDueAsync(CancellationToken.None);
        Assert.Contains(host.Captured.Entries, entry => entry is (LogLevel.Error, 4003, _));
        Assert.Empty(_bucket);

        fails = false;
        await Anchoring(host).AnchorIfDueAsync(CancellationToken.None);
        Assert.Single(_bucket);
    }

    private static AuditAnchoring Anchoring(AuditHost host) => host.Services.GetRequiredService<AuditAnchoring>();

    private Task KeepAsync(AnchorObject anchor, CancellationToken cancellationToken)
    {
        _bucket.Enqueue(anchor);
        return Task.CompletedTask;
    }

    private async Task AnchorAsync()
    {
        await using var host = CreateHost(new() { ["Audit:AnchorInterval"] = "00:00:00.100" }, KeepAsync);
        var before = _bucket.Count;
        await Eventually.IsTrueAsync(async () =>
        {
            await Anchoring(host).AnchorIfDueAsync(CancellationToken.None);
            return _bucket.Count > before;
        });
    }

    private Task CutWithCareAsync(int last) => Database.ExecuteAsync($"""
        DELETE FROM access_log WHERE seq > {last};
        UPDATE access_log_lanes SET mac = COALESCE((SELECT mac FROM access_log WHERE seq = {last}), REPEAT(X'00', 32)), seq = {last}
        WHERE seq > 0;
        DELETE FROM access_log_anchors
        """);

    private async Task WriteIntoAsync(int lane, int rows)
    {
        // Lane by lane is the log's own choice: all others are held while these rows are written.
        await using var connection = await Database.Database.OpenAsync(CancellationToken.None);
        await using var holder = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await using var command = connection.CreateCommand();
        command.Transaction = holder;
        command.CommandText = $"SELECT seq FROM access_log_lanes WHERE lane <> {lane} FOR UPDATE";
        await command.ExecuteScalarAsync();
        for (var row = 0; row < rows; row++)
        {
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, $"new-{row}", "name"), CancellationToken.None);
        }
    }
}
