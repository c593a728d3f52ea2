using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Every operation on a message, asked by a sender for a message of another sender.</summary>
[Collection(SharedStack.Name)]
public sealed class OwnershipTests(RunningStack stack)
{
    private const string Send = "/api/v1/service/send";

    [Fact]
    public async Task S20_S22_a_senders_message_does_not_exist_for_another_sender()
    {
        using var owner = await LoginAsync(stack.Description.Users["sender"]);
        using var other = await LoginAsync(await MakeSenderAsync());
        var day = new MeterDay(
            new MeterFile("owned", "lu", "electricity", "OWN", "LU_OWN_Elec_1"), "2022-10-01", [("2022-10-01T00:00:00Z", "1")]);
        using var pushed = await owner.PushAsync(day.ToJson());
        var sendId = (await pushed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
        var operations = PublicOperation.Of("openapi-send.yaml")
            .Where(operation => operation.Path.Contains("{sendId}", StringComparison.Ordinal)).ToArray();

        foreach (var operation in operations)
        {
            Assert.Equal((operation.Id, HttpStatusCode.NotFound), (operation.Id, await AskAsync(other, operation, sendId)));
        }

        Assert.Equal(
            ["CancelMessage", "GetMessage", "ResendMessage"], operations.Select(operation => operation.Id).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await other.GetAsync($"{Send}?messageId={day.MessageId}")).GetProperty("items").GetArrayLength());
        Assert.Equal(sendId, (await owner.GetAsync($"{Send}/{sendId}")).GetProperty("sendId").GetString());
    }

    private static async Task<HttpStatusCode> AskAsync(GatewayUser user, PublicOperation operation, string sendId)
    {
        using var request = new HttpRequestMessage(
            operation.Method, new Uri(operation.Path.Replace("{sendId}", sendId, StringComparison.Ordinal), UriKind.Relative));
        if (operation.Method != HttpMethod.Get)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var answer = await user.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<StackUser> MakeSenderAsync()
    {
        var user = new StackUser($"sender-{Guid.NewGuid():n}"[..20], $"{Guid.NewGuid():n}");
        using var root = await LoginAsync(stack.Description.Users["root"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/management/users/user", UriKind.Relative))
        {
            Content = JsonContent.Create(new { username = user.Username, password = user.Password, type = "sender" }),
        };
        using var made = await root.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return user;
    }

    private Task<GatewayUser> LoginAsync(StackUser user) =>
        GatewayUser.LoginAsync(stack.Description.SendGateway, stack.Description.ApiKeys["internal"], user);
}
