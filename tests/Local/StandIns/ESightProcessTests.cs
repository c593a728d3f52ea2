using System.Net.Http.Headers;
using System.Text.Json;
using EnergyLoad.Local.Tests.ESight;

namespace EnergyLoad.Local.Tests.StandIns;

public sealed class ESightProcessTests
{
    [Fact]
    public async Task Says_ready_and_nothing_else_and_stops_cleanly()
    {
        await using var process = await StartAsync();

        var (code, lines) = await process.StopAsync();

        Assert.Equal(0, code);
        Assert.Equal(["ready"], lines);
    }

    [Fact]
    public async Task Every_answered_message_is_in_the_books_after_a_kill()
    {
        await using var process = await StartAsync();
        using var http = new HttpClient { BaseAddress = process.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "dzp3cA==");
        var answered = new List<string>();
        for (var number = 0; number < 50; number++)
        {
            using var content = new StringContent(ESightWorld.Message($"gas_lu_{number}", "1"));
            (await http.PostAsync(new Uri("/consumption", UriKind.Relative), content)).EnsureSuccessStatusCode();
            answered.Add($"gas_lu_{number}");
        }

        await process.KillAndStartAsync();

        var lines = (await http.GetStringAsync(new Uri("/control/messages", UriKind.Relative))).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(answered, lines.Select(line => JsonElement.Parse(line).GetProperty("messageId").GetString()));
    }

    private static Task<StandInProcess> StartAsync() => StandInProcess.StartAsync("EnergyLoad.Local.ESight.dll", process => new
    {
        port = process.Port,
        state = process.State,
        readUser = "r",
        readPassword = "rp",
        writeUser = "w",
        writePassword = "wp",
        sites = new[] { "LU_VPC" },
        meters = new[] { "LU_VPC_Elec_4" },
        receiveGateway = "http://127.0.0.1:9",
        apiKey = "key",
        username = "esight",
        password = "password",
    });
}
