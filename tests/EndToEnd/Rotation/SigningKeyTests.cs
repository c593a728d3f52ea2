using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>The services hold the key that signs the users' tokens (Auth:Signer=Key).</summary>
public sealed class SigningKeyTests(KeySigningStack stack) : IClassFixture<KeySigningStack>
{
    [Fact]
    public async Task The_key_that_the_services_sign_with_rotates_and_no_request_fails()
    {
        await SigningKeys.PublishAsync(stack.Description);
        await GatewayRestart.RunAsync(stack);
        await using var traffic = await Traffic.StartAsync(stack.Description);
        var kids = stack.Kids();
        Assert.Equal(kids[0], await SigningKeys.OfNewTokenAsync(stack));

        await stack.AddNewestAsync(useFrom: DateTimeOffset.UtcNow.AddSeconds(3));
        Assert.Equal(kids[1], await Eventually.GetAsync(() => SigningKeys.OfNewTokenAsync(stack), kid => kid != kids[0]));
        await traffic.GoOnAsync();
        await stack.KeepNewestAsync();
        await traffic.GoOnAsync();

        Assert.Equal(kids[1], await SigningKeys.OfNewTokenAsync(stack));
        Assert.Empty(await traffic.StopAsync());
    }
}
