using EnergyLoad.Auth.Login;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Auth.Users;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth.Tests;

/// <summary>
/// Statement 9 in an installation whose rows cost differently: what is burnt for unknown names costs what users' hashes cost.
/// </summary>
public sealed class DecoyTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    [Fact]
    public async Task S9_unknown_names_cost_what_stored_hashes_cost_as_often_as_users_have_them_and_the_same_on_every_instance()
    {
        var original = Hashes.Of("edm2021!", Hashes.Original);
        for (var i = 0; i < 3; i++)
        {
            await fixture.World.UserAsync(original, [Role.User]);
        }

        await fixture.World.UserAsync(Role.User);
        await fixture.World.UserAsync("poisoned", [Role.User]);
        await using var second = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);
        var names = Enumerable.Range(0, 1000).Select(i => Username.FromTyped($"nobody-{i}")).ToArray();

        var here = await CostsAsync(fixture.Service, names);
        var there = await CostsAsync(second, names);

        Assert.Equal(here, there);
        Assert.InRange(here.Count(cost => cost == Hashes.Original), 650, 850);
        Assert.InRange(here.Count(cost => cost == Argon2Parameters.OwaspMinimum), 150, 350);
    }

    private static async Task<Argon2Parameters[]> CostsAsync(RunningService service, Username[] names)
    {
        var decoys = service.Services.GetRequiredService<Decoys>();
        var costs = new List<Argon2Parameters>();
        foreach (var name in names)
        {
            costs.Add((await decoys.ForAsync(name, CancellationToken.None)).Parameters);
        }

        return [.. costs];
    }
}
