using System.Net.Http.Json;
using System.Security.Cryptography;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>The hard case: a credential ends at once, and no service has looked at its secret since its start.</summary>
[Collection(KilledStack.Name)]
public sealed class RefusedLoginTests(KilledStack stack)
{
    [Fact]
    public async Task A_refused_login_is_looked_up_at_once_and_the_message_is_delivered_in_its_first_attempt()
    {
        using var http = new HttpClient();
        using var secrets = await StackSecretManager.ConnectAsync(stack.Description);
        await using var traffic = await Traffic.StartAsync(stack.Description);
        var next = RandomNumberGenerator.GetHexString(32);

        await secrets.AddVersionAsync("edm-esight-write", new { user = "edm-write-2", password = next });
        await http.PutAsJsonAsync(
            new Uri(stack.Description.Esight, "/control/credentials"), new { writeUser = "edm-write-2", writePassword = next });
        await traffic.GoOnAsync();
        await traffic.GoOnAsync();

        Assert.Empty(await traffic.StopAsync());
        using var sender = await new OutcomeWorld(stack).LoginAsync("sender");
        foreach (var sendId in traffic.SendIds)
        {
            var status = await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
            Assert.Single(status.GetProperty("attempts").EnumerateArray());
        }
    }
}
