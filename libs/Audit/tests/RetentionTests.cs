using EnergyLoad.Audit.Tests.Support;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 36: what may no longer be kept goes, and the chain stays valid.</summary>
public sealed class RetentionTests : AuditTest
{
    private static DateTimeOffset Tomorrow { get; } = DateTimeOffset.UtcNow.AddDays(1);

    [Fact]
    public async Task S36_rows_before_an_instant_go_and_the_rest_verifies()
    {
        await FillOneLaneAsync(1200);
        await QueryAsync<int>("SELECT SLEEP(0.01)");
        var cut = await QueryAsync<DateTimeOffset>("SELECT UTC_TIMESTAMP(6)");
        await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "kept", "name"), CancellationToken.None);

        Assert.Equal(1200, await Host.Retention.RemoveBeforeAsync(cut, CancellationToken.None));

        var rows = await ReadRowsAsync();
        Assert.Equal(3, rows.Count(row => row.Type == 9020));
        Assert.Equal("kept", Assert.Single(rows, row => row.Type != 9020).TargetId);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S36_a_lane_of_which_nothing_is_left_goes_on()
    {
        await FillOneLaneAsync(5);
        await Host.Retention.RemoveBeforeAsync(Tomorrow, CancellationToken.None);
        for (var row = 0; row < 60; row++)
        {
            await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "id", "name"), CancellationToken.None);
        }

        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S36_retention_is_applied_again_and_again()
    {
        for (var round = 0; round < 4; round++)
        {
            for (var row = 0; row < 40; row++)
            {
                await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(Somebody, "id", "name"), CancellationToken.None);
            }

            await Host.Retention.RemoveBeforeAsync(await QueryAsync<DateTimeOffset>("SELECT UTC_TIMESTAMP(6)"), CancellationToken.None);
            Assert.True((await VerifyAsync()).IsIntact);
        }
    }

    [Fact]
    public async Task S36_retention_does_not_launder_what_was_tampered_with()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("UPDATE access_log SET subject = 'x' WHERE seq = 5");
        var stopped = await Assert.ThrowsAsync<AuditTamperedException>(
            () => Host.Retention.RemoveBeforeAsync(Tomorrow, CancellationToken.None));
        Assert.Equal(5, stopped.Finding.Seq);
        Assert.Equal(9, (await ReadRowsAsync()).Count);
    }

    [Fact]
    public async Task S36_a_row_that_retention_removed_and_somebody_put_back_is_found()
    {
        await FillOneLaneAsync(9);
        await Database.ExecuteAsync("CREATE TABLE stolen AS SELECT * FROM access_log WHERE seq = 5");
        await Host.Retention.RemoveBeforeAsync(Tomorrow, CancellationToken.None);
        await Database.ExecuteAsync("INSERT INTO access_log SELECT * FROM stolen");
        Assert.Equal((AuditFindingKind.Foreign, 5L), ((await FindAsync()).Kind, (await FindAsync()).Seq));
    }

    [Fact]
    public async Task S36_erasing_a_person_drops_address_msisdn_and_salt_and_the_chain_stays_valid()
    {
        await FillOneLaneAsync(3);
        var other = Somebody with { Msisdn = "+352691000000", ClientAddress = System.Net.IPAddress.Parse("2001:db8::7") };
        await Host.Log.RecordAsync(AuditEvent.LoginSucceeded(other, "other", "other"), CancellationToken.None);

        Assert.Equal(3, await Host.Retention.EraseAsync(new AuditErasure { Msisdn = Somebody.Msisdn }, CancellationToken.None));

        var rows = await ReadRowsAsync();
        var kept = Assert.Single(rows, row => row.Salt is not null);
        Assert.Equal(("other", "2001:db8::7", "+352691000000"), (kept.TargetId, kept.ClientIp, kept.Msisdn));
        Assert.All(rows.Except([kept]), row => Assert.Equal((null, null), (row.ClientIp, row.Msisdn)));
        var told = Assert.Single(rows, row => row.Type == 9010);
        Assert.Equal("one MSISDN", told.Subject);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Theory]
    [InlineData("user-2", null, 1)]
    [InlineData(null, "203.0.113.7", 3)]
    [InlineData("user-2", "203.0.113.8", 0)]
    [InlineData("actor-1", null, 3)]
    public async Task S36_who_is_erased_is_chosen_by_user_and_address(string? user, string? address, int erased)
    {
        await FillOneLaneAsync(3);
        var erasure = new AuditErasure { UserId = user, ClientAddress = address is null ? null : System.Net.IPAddress.Parse(address) };
        Assert.Equal(erased, await Host.Retention.EraseAsync(erasure, CancellationToken.None));
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S36_personal_data_older_than_a_limit_is_erased_in_batches()
    {
        await FillOneLaneAsync(1100);
        Assert.Equal(1100, await Host.Retention.EraseAsync(new AuditErasure { Before = Tomorrow }, CancellationToken.None));
        Assert.Equal(0, await QueryAsync<int>("SELECT COUNT(salt) + COUNT(client_ip) + COUNT(msisdn) FROM access_log"));
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S36_erasure_does_not_launder_a_changed_address()
    {
        await FillOneLaneAsync(3);
        await Database.ExecuteAsync("UPDATE access_log SET client_ip = '203.0.113.9' WHERE seq = 2");
        await Assert.ThrowsAsync<AuditTamperedException>(
            () => Host.Retention.EraseAsync(new AuditErasure { Msisdn = Somebody.Msisdn }, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_erased_when_nobody_is_named() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Host.Retention.EraseAsync(new AuditErasure(), CancellationToken.None));
}
