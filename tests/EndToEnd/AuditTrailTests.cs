using System.Diagnostics;
using System.Net;
using System.Text;
using Dapper;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>The security officer's way: who did what, and has anybody touched it?</summary>
[Collection(SharedStack.Name)]
public sealed class AuditTrailTests(RunningStack stack)
{
    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task What_was_done_is_read_and_verified_and_a_change_in_the_table_is_found()
    {
        using var stranger = new HttpClient();
        stranger.DefaultRequestHeaders.Add("x-api-key", Stack.ApiKeys["internal"]);
        using var body = new StringContent("""{"username":"nobody-here","password":"a password of nobody"}""", Encoding.UTF8, "application/json");
        using var refused = await stranger.PostAsync(new Uri(Stack.SendGateway, "/login"), body);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var admin = await GatewayUser.LoginAsync(Stack.SendGateway, Stack.ApiKeys["internal"], Stack.Users["admin"]);
        var failed = (await admin.GetAsync("/api/v1/management/audit?type=LoginFailed")).GetProperty("items").EnumerateArray();
        var row = Assert.Single(failed, item => item.GetProperty("subject").GetString() == "nobody-here");
        Assert.Equal("127.0.0.1", row.GetProperty("clientIp").GetString());

        // The services anchor the heads by themselves, in the stand-in's bucket.
        var intact = await Eventually.GetAsync(
            VerifyAsync, run => run.Output.Contains("anchors from outside compared", StringComparison.Ordinal));
        Assert.Equal(0, intact.Code);

        await ExecuteAsync("UPDATE access_log SET subject = 'somebody-else' WHERE subject = 'nobody-here'");
        var changed = await VerifyAsync();
        Assert.Equal(1, changed.Code);
        var parts = row.GetProperty("id").GetString()!.Split('-');
        Assert.Contains($"Edited: Row {parts[1]} of lane {parts[0]}", changed.Output, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await Stack.Mysql.Open().OpenAsync(CancellationToken.None);
        Assert.Equal(1, await connection.ExecuteAsync(sql));
    }

    /// <summary>Runs send-api's own command in the surroundings of the running service.</summary>
    private async Task<(int Code, string Output)> VerifyAsync()
    {
        var running = $"/proc/{Stack.Pids.SendApi[0]}";
        var command = Split(await File.ReadAllTextAsync($"{running}/cmdline"));
        var start = new ProcessStartInfo(command[0], [.. command[1..], "audit", "verify"]) { RedirectStandardOutput = true };
        foreach (var variable in Split(await File.ReadAllTextAsync($"{running}/environ")).Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static string[] Split(string text) => text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
