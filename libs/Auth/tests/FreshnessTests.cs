using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth.Tests;

public sealed class FreshnessTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private FreshnessReader Reader => fixture.Service.Services.GetRequiredService<FreshnessReader>();

    [Fact]
    public async Task Requests_that_wait_at_the_same_moment_share_one_read()
    {
        var user = await fixture.World.UserAsync(Role.Sender);
        var claims = new SessionClaims(user.Id, Guid.CreateVersion7(), 1);
        var (reads, requests) = (0, 0);
        using var listener = Listen<int>("energyload.auth.freshness_shared", (shared, _) =>
        {
            Interlocked.Increment(ref reads);
            Interlocked.Add(ref requests, shared);
        });

        var standings = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Reader.ReadAsync(claims, CancellationToken.None)));

        Assert.All(standings, standing => Assert.Null(standing.FaultOf(claims)));
        Assert.Equal(500, requests);
        Assert.InRange(reads, 3, 100);
    }

    [Fact]
    public async Task A_read_is_never_remembered()
    {
        var user = await fixture.World.UserAsync(Role.Sender);
        var claims = new SessionClaims(user.Id, Guid.CreateVersion7(), 1);
        for (var version = 1; version <= 20; version++)
        {
            Assert.Equal(version, (await Reader.ReadAsync(claims, CancellationToken.None)).Row!.Ver);
            await fixture.World.ExecuteAsync("UPDATE user_auth_roles SET ver = ver + 1 WHERE id = @Id", user);
        }
    }

    [Theory]
    [InlineData("ver = ver + 1")]
    [InlineData("status = 'deactivated'")]
    [InlineData("status = 'ACTIVE'")]
    [InlineData("type = 'sender,admin'")]
    [InlineData("username = CONCAT(username, ' ')")]
    [InlineData("must_change_password = 1")]
    [InlineData("id = 'another'")]
    public async Task A_commit_that_reads_how_a_user_stands_fails_when_anything_of_it_changed(string change)
    {
        var (claims, standing, user) = await AssumeAsync();
        Assert.True(await TryCommitAsync((claims, standing)));

        await fixture.World.ExecuteAsync($"UPDATE user_auth_roles SET {change} WHERE id = @Id", user);
        try
        {
            Assert.False(await TryCommitAsync((claims, standing)));
        }
        finally
        {
            await fixture.World.ExecuteAsync("DELETE FROM user_auth_roles WHERE id IN (@Id, 'another')", user);
        }

        Assert.False(await TryCommitAsync((claims, standing)));
    }

    [Fact]
    public async Task A_commit_of_several_users_fails_for_the_token_of_one_that_was_ended_by_itself()
    {
        var (claims, standing, user) = await AssumeAsync();
        var (others, itsStanding, _) = await AssumeAsync();
        Assert.True(await TryCommitAsync((claims, standing), (others, itsStanding)));

        await fixture.World.ExecuteAsync(
            "INSERT INTO jwt (jti, user_id, expires_at) VALUES (@Jti, @Id, UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)",
            new { Jti = claims.Jti.ToByteArray(bigEndian: true), user.Id });

        Assert.False(await TryCommitAsync((claims, standing), (others, itsStanding)));
        Assert.True(await TryCommitAsync((others, itsStanding)));
    }

    [Fact]
    public async Task A_commit_fails_when_two_tokens_of_a_user_were_assumed_to_stand_differently()
    {
        var (claims, standing, user) = await AssumeAsync();
        await fixture.World.ExecuteAsync("UPDATE user_auth_roles SET type = 'user' WHERE id = @Id", user);
        var other = claims with { Jti = Guid.CreateVersion7() };
        var now = await Reader.ReadAsync(other, CancellationToken.None);

        Assert.False(await TryCommitAsync((claims, standing), (other, now)));
        Assert.True(await TryCommitAsync((other, now)));
    }

    [Theory]
    [InlineData("INSERT INTO login_known (subject, last_success_at) VALUES (@subject, UTC_TIMESTAMP(6))", "duplicate")]
    [InlineData("UPDATE user_auth_roles SET ver = ver + 1 WHERE id = @userId", "standing")]
    [InlineData("DELETE FROM a_table_that_is_not_there", "other")]
    public async Task A_refused_commit_is_counted_by_what_it_was_refused_for(string last, string reason)
    {
        var (claims, standing, user) = await AssumeAsync();
        var counted = new ConcurrentBag<object?>();
        using var listener = Listen<long>("energyload.auth.commits_repeated", (_, why) => counted.Add(why));
        var parameters = new { subject = RandomNumberGenerator.GetBytes(32), userId = user.Id };

        Assert.Null(await Reader.TryCommitAsync([(claims, standing)], async (transaction, token) =>
        {
            await transaction.ExecuteAsync(
                "INSERT INTO login_known (subject, last_success_at) VALUES (@subject, UTC_TIMESTAMP(6))", parameters, token);
            await transaction.ExecuteAsync(last, parameters, token);
            return "done";
        }));

        Assert.Equal([reason], counted);
    }

    private MeterListener Listen<T>(string name, Action<T, object?> measured)
        where T : struct
    {
        var meters = fixture.Service.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == name && instrument.Meter.Scope == meters)
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<T>((_, value, tags, _) => measured(value, tags.IsEmpty ? null : tags[0].Value));
        listener.Start();
        return listener;
    }

    private async Task<(SessionClaims Claims, Standing Standing, TestUser User)> AssumeAsync()
    {
        var user = await fixture.World.UserAsync(Role.Sender);
        var claims = new SessionClaims(user.Id, Guid.CreateVersion7(), 1);
        return (claims, await Reader.ReadAsync(claims, CancellationToken.None), user);
    }

    /// <returns>Whether a row that was written with it was committed.</returns>
    private async Task<bool> TryCommitAsync(params (SessionClaims Claims, Standing Standing)[] assumed)
    {
        var subject = RandomNumberGenerator.GetBytes(32);
        var result = await Reader.TryCommitAsync(assumed, async (transaction, token) =>
        {
            await transaction.ExecuteAsync(
                "INSERT INTO login_known (subject, last_success_at) VALUES (@subject, UTC_TIMESTAMP(6))", new { subject }, token);
            return "done";
        });
        var written = await fixture.World.ScalarAsync<long>("SELECT COUNT(*) FROM login_known WHERE subject = @subject", new { subject });
        Assert.Equal(result is null ? 0 : 1, written);
        return result is not null;
    }
}
