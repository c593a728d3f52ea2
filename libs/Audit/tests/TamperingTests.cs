using EnergyLoad.Audit.Tests.Support;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 34, against somebody who has every right in SQL and not the key.</summary>
public sealed class TamperingTests : AuditTest
{
    public static TheoryData<string> Edits =>
    [
        "at = at + INTERVAL 1 MICROSECOND",
        "type = 1011",
        "outcome = 1",
        "occurrences = 2",
        "service = 'other'",
        "trace_id = NULL",
        "actor_id = 'actor-2'",
        "target_id = 'user-7'",
        "subject = 'Name5'",
        "detail = ''",
        "client_ip = '203.0.113.8'",
        "client_ip = NULL",
        "msisdn = '+352621123457'",
        "msisdn = NULL",
        "client_ip_commitment = msisdn_commitment",
        "salt = REPEAT(X'07', 32)",
        "previous = REPEAT(X'07', 32)",
        "mac = REPEAT(X'07', 32)",
        "subject = detail, detail = subject",
        "actor_id = target_id, target_id = actor_id",
    ];

    [Fact]
    public async Task S34_an_untouched_log_is_intact()
    {
        await FillOneLaneAsync(10);
        var verification = await VerifyAsync();
        Assert.True(verification.IsIntact);
        Assert.Equal(10, verification.Rows);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task S34_an_edit_of_any_column_is_found_at_its_row(string edit)
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync($"UPDATE access_log SET {edit} WHERE seq = 5");
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Edited, 5L), (finding.Kind, finding.Seq));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task S34_a_deletion_is_found_at_the_missing_row(int seq)
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync($"DELETE FROM access_log WHERE seq = {seq}");
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Deleted, (long)seq), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_deletion_that_closes_the_gap_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("DELETE FROM access_log WHERE seq = 5");
        await Database.ExecuteAsync("UPDATE access_log SET seq = seq - 1 WHERE seq > 5 ORDER BY seq");
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Reordered, 5L), (finding.Kind, finding.Seq));
        Assert.Contains("written as row 6", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S34_two_rows_that_change_places_are_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("""
            UPDATE access_log SET seq = 100 WHERE seq = 4;
            UPDATE access_log SET seq = 4 WHERE seq = 6;
            UPDATE access_log SET seq = 6 WHERE seq = 100
            """);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Reordered, 4L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_row_that_is_moved_to_another_lane_is_found()
    {
        var lane = await FillOneLaneAsync(3);
        await Database.ExecuteAsync($"UPDATE access_log SET lane = {(lane + 1) % 16}, seq = 1 WHERE seq = 3");
        Assert.Equal(
            [AuditFindingKind.TailCut, AuditFindingKind.Reordered],
            (await VerifyAsync()).Findings.OrderByDescending(finding => finding.Lane == lane).Select(finding => finding.Kind));
    }

    [Fact]
    public async Task S34_a_cut_tail_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("DELETE FROM access_log WHERE seq > 6");
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.TailCut, 7L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_row_of_the_tamperers_own_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("""
            INSERT INTO access_log (lane, seq, at, type, outcome, occurrences, service, subject, key_id, previous, mac)
            SELECT lane, 10, at, type, outcome, occurrences, service, 'invented', key_id, mac, UNHEX(SHA2('no key', 256))
            FROM access_log WHERE seq = 9;
            UPDATE access_log_lanes SET seq = 10, mac = (SELECT mac FROM access_log WHERE seq = 10) WHERE seq = 9
            """);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Edited, 10L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_copy_of_a_genuine_row_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("""
            CREATE TEMPORARY TABLE copied AS SELECT * FROM access_log WHERE seq = 3;
            UPDATE copied SET seq = 10;
            INSERT INTO access_log SELECT * FROM copied;
            UPDATE access_log_lanes SET seq = 10, mac = (SELECT mac FROM copied) WHERE seq = 9
            """);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Reordered, 10L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_lane_that_was_never_there_is_found()
    {
        await FillOneLaneAsync(3);
        await Database.ExecuteAsync("""
            UPDATE access_log SET lane = 77 WHERE seq = 3;
            UPDATE access_log_lanes SET seq = 2, mac = (SELECT mac FROM access_log WHERE seq = 2) WHERE seq = 3
            """);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.Foreign, 77), (finding.Kind, finding.Lane));
    }

    [Theory]
    [InlineData("DELETE FROM access_log_lanes WHERE seq = 9", 0)]
    [InlineData("UPDATE access_log_lanes SET mac = REPEAT(X'07', 32) WHERE seq = 9", 9)]
    [InlineData("UPDATE access_log_lanes SET seq = 8 WHERE seq = 9", 9)]
    public async Task S34_a_changed_head_is_found(string sql, long seq)
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync(sql);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.HeadChanged, seq), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_a_forged_checkpoint_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("""
            INSERT INTO access_log_checkpoints (lane, seq, mac, key_id, seal)
            SELECT lane, seq, mac, key_id, REPEAT(X'07', 32) FROM access_log WHERE seq = 5;
            DELETE FROM access_log WHERE seq <= 5
            """);
        Assert.Equal(AuditFindingKind.CheckpointForged, (await FindAsync()).Kind);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("REPEAT(X'07', 32)")]
    [InlineData("mac")]
    public async Task S34_an_erasure_by_somebody_without_the_key_is_found(string proof)
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync($"UPDATE access_log SET client_ip = NULL, msisdn = NULL, salt = NULL, erasure = {proof} WHERE seq = 5");
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.ErasureForged, 5L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_the_proof_of_one_erasure_does_not_hold_for_another_row()
    {
        await FillOneLaneAsync(9);
        await Host.Retention.EraseAsync(new AuditErasure { UserId = "user-4" }, CancellationToken.None);
        await Database.ExecuteAsync("""
            UPDATE access_log SET client_ip = NULL, msisdn = NULL, salt = NULL WHERE subject = 'name5';
            UPDATE access_log SET erasure = (SELECT proof FROM (SELECT erasure AS proof FROM access_log WHERE subject = 'name4') AS four)
            WHERE subject = 'name5'
            """);
        var finding = await FindAsync();
        Assert.Equal((AuditFindingKind.ErasureForged, 5L), (finding.Kind, finding.Seq));
    }

    [Fact]
    public async Task S34_the_first_bad_row_of_each_lane_is_named()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("UPDATE access_log SET subject = 'x' WHERE seq IN (4, 6, 8)");
        Assert.Equal(4, (await FindAsync()).Seq);
    }
}
