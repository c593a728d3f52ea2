using System.Diagnostics.Metrics;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Auth.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth.Tests;

public sealed class FreshnessTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    [Fact]
    public async Task Requests_that_wait_at_the_same_moment_share_one_read()
    {
        var user = await fixture.World.UserAsync(Role.Sender);
        var claims = new SessionClaims(user.Id, Guid.CreateVersion7(), 1);
        var reader = fixture.Service.Services.GetRequiredService<FreshnessReader>();
        var (reads, requests) = (0, 0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == "energyload.auth.freshness_shared" && instrument.Meter.Scope == fixture.Service.Services.GetRequiredService<IMeterFactory>())
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, shared, _, _) =>
        {
            Interlocked.Increment(ref reads);
            Interlocked.Add(ref requests, shared);
        });
        listener.Start();

        var standings = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => reader.ReadAsync(claims, CancellationToken.None)));

        Assert.All(standings, standing => Assert.Null(standing.FaultOf(claims)));
        Assert.Equal(500, requests);
        Assert.InRange(reads, 3, 100);
    }

    [Fact]
    public async Task A_read_is_never_remembered()
    {
        var user = await fixture.World.UserAsync(Role.Sender);
        var claims = new SessionClaims(user.Id, Guid.CreateVersion7(), 1);
        var reader = fixture.Service.Services.GetRequiredService<FreshnessReader>();
        for (var version = 1; version <= 20; version++)
        {
            Assert.Equal(version, (await reader.ReadAsync(claims, CancellationToken.None)).Version);
            await fixture.World.ExecuteAsync("UPDATE user_auth_roles SET ver = ver + 1 WHERE id = @Id", user);
        }
    }
}
