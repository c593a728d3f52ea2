namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What the gateway fetches from Google, and what it does without it.</summary>
public sealed class KeySourceTests
{
    [Fact]
    public async Task Without_keys_it_starts_and_refuses_tokens_until_they_come()
    {
        await using var world = await StartedAsync(google => google.KeysHealthy = false);

        await world.RefusedAsync(401, "Jwks remote fetch is failed", GatewayWorld.Get("/user", world.Token));
        world.Google.KeysHealthy = true;

        await Poll.UntilAsync(async () => (await world.Http.SendAsync(GatewayWorld.Get("/user", world.Token))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Without_an_id_token_it_does_not_open_its_port()
    {
        await using var world = new GatewayWorld();
        world.Google.IdentityHealthy = false;

        var starting = world.InitializeAsync();
        await Poll.UntilAsync(() => world.Google.IdentityRequests.Count >= 2);
        Assert.False(starting.IsCompleted);
        world.Google.IdentityHealthy = true;

        await starting;
        await world.EchoAsync(GatewayWorld.Get("/health"));
    }

    [Fact]
    public async Task An_id_token_that_expired_and_cannot_be_replaced_is_500()
    {
        await using var world = await StartedAsync(google => google.IdentityLifetime = TimeSpan.FromSeconds(3));

        world.Google.IdentityHealthy = false;
        await Poll.UntilAsync(async () => (int)(await world.Http.SendAsync(GatewayWorld.Get("/health"))).StatusCode == 500);

        await world.RefusedAsync(500, $"Token not found for audience: {GatewayWorld.Audience}", GatewayWorld.Get("/health"));
    }

    [Fact]
    public async Task An_id_token_near_its_end_is_replaced_before_a_request_needs_it()
    {
        await using var world = await StartedAsync(google => google.IdentityLifetime = TimeSpan.FromSeconds(61));
        var first = (await world.EchoAsync(GatewayWorld.Get("/health"))).One("Authorization");

        await Poll.UntilAsync(() => world.Google.IdentityRequests.Count >= 2);
        await Poll.UntilAsync(async () => (await world.EchoAsync(GatewayWorld.Get("/health"))).One("Authorization") != first);
    }

    [Fact]
    public async Task The_id_token_s_signature_can_be_replaced_by_the_marker()
    {
        await using var world = await GatewayWorld.StartAsync(GatewayWorld.SendContract, stripSignatures: true);

        var echo = await world.EchoAsync(GatewayWorld.Get("/health"));

        Assert.Matches(@"^Bearer [\w-]+\.[\w-]+\.SIGNATURE_REMOVED_BY_GOOGLE$", echo.One("Authorization"));
    }

    private static async Task<GatewayWorld> StartedAsync(Action<FakeGoogle> prepare)
    {
        var world = new GatewayWorld();
        prepare(world.Google);
        await world.InitializeAsync();
        return world;
    }
}
