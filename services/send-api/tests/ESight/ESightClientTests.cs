using System.Net;
using System.Net.Sockets;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.ESight;

public sealed class ESightClientTests
{
    [Fact]
    public async Task An_esight_whose_name_does_not_resolve_was_not_reached()
    {
        await using var service = Service("https://esight.invalid/consumption");

        Assert.IsType<ESightAnswer.NotReached>(await PostAsync(service));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"status\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    public async Task An_answer_that_breaks_off_is_none(string half)
    {
        var port = new TaskCompletionSource<int>();
        var answering = AnswerAsync(port, half);
        await using var service = Service($"http://127.0.0.1:{await port.Task}/consumption");

        Assert.IsType<ESightAnswer.NoAnswer>(await PostAsync(service));
        await answering;
    }

    private static WebApplication Service(string consumption) => SendService.Build(
        new MySqlOptions { Host = "127.0.0.1", User = "nobody", Password = "nothing" },
        settings: new Dictionary<string, string?> { ["ESight:ConsumptionUrl"] = consumption });

    private static Task<ESightAnswer> PostAsync(WebApplication service) =>
        service.Services.GetRequiredService<ESightClient>().PostAsync("{\"messageId\":\"x\"}"u8.ToArray(), 15, "1", CancellationToken.None);

    private static async Task AnswerAsync(TaskCompletionSource<int> port, string half)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port.SetResult(((IPEndPoint)listener.LocalEndpoint).Port);
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();

        // All of the request comes in one piece over the loopback; what it says does not matter.
        await stream.ReadAtLeastAsync(new byte[64], 64);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(half));
        client.Client.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null);
    }
}
