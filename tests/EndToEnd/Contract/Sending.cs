using System.Net.Http.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Every answer of send-api's own operations.</summary>
internal sealed class Sending(GatewayDriver driver, StackDescription stack)
{
    private const string Later = "2022-10-02T00:00:00Z";
    private string _root = "";

    public async Task RunAsync()
    {
        _root = await driver.TokenAsync("root");
        await ListAsync(stack);
        var (delivered, messageId) = await PushAsync();
        await UntilAsync(delivered, "delivered");
        await LookAsync(messageId);
        await ResendAsync(delivered);
        await ParkAsync();
        await FailAsync();
        await ResendManyAsync(messageId);
        await ImportAsync();
        await driver.CallAsync(new Call("PauseDelivery") { Token = _root }, 200);
        await driver.CallAsync(new Call("GetGate") { Token = _root }, 200);
        await driver.CallAsync(new Call("ResumeDelivery") { Token = _root }, 200);
    }

    /// <summary>Has e-Sight know the site and the meter of the messages.</summary>
    public static async Task ListAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), new[] { ValidBodies.Site });
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/meters"), new[] { ValidBodies.Meter });
    }

    private async Task<(string SendId, string MessageId)> PushAsync()
    {
        var push = new Call("SendMessages") { Token = _root, Body = ValidBodies.Message() };
        await driver.CallAsync(push with { Query = "?validateOnly=true" }, 200);
        var taken = await driver.CallAsync(push, 202);
        await driver.CallAsync(push, 200);
        var other = ValidBodies.Message("2.5", messageId: taken.Member("messageId"));
        await driver.CallAsync(push with { Body = other }, 409);
        await driver.CallAsync(push with { Body = $"[{push.Body},{ValidBodies.Message("3", instant: Later)},{{}}]" }, 207);
        await driver.CallAsync(push with { Body = $"[{push.Body}]" }, 200);
        var lines = $"{ValidBodies.Message("4", instant: Later)}\n{ValidBodies.Message("5", instant: Later)}\n";
        await driver.CallAsync(push with { Body = lines, MediaType = "application/x-ndjson" }, 202);
        await driver.CallAsync(push with { Body = $"[{ValidBodies.Message()},{{}}]", Query = "?validateOnly=true" });
        return (taken.Member("sendId"), taken.Member("messageId"));
    }

    private Task<Reply> UntilAsync(string sendId, string state) => Eventually.GetAsync(
        () => driver.CallAsync(new Call("GetMessage") { Token = _root, PathValue = sendId }, 200),
        reply => reply.Member("state") == state);

    private async Task LookAsync(string messageId)
    {
        var search = new Call("SearchMessages") { Token = _root };
        await Eventually.GetAsync(
            () => driver.CallAsync(search with { Query = $"?messageId={messageId}" }, 200),
            reply => reply.Json.GetProperty("items").GetArrayLength() == 1);
        var instant = await driver.CallAsync(search with { Query = $"?meter={ValidBodies.Meter}&at=2022-10-01T00:00:00Z" }, 200);
        Assert.NotEqual(0, instant.Json.GetProperty("items")[0].GetProperty("readings").GetArrayLength());
        var page = await Eventually.GetAsync(
            () => driver.CallAsync(search with { Query = "?limit=1" }, 200),
            reply => reply.Json.GetProperty("next").GetString() is not null);
        await driver.CallAsync(search with { Query = $"?limit=1&cursor={page.Member("next")}" }, 200);
        foreach (var grouping in new[] { "hour", "day", "market", "feed", "sender" })
        {
            var ledger = await driver.CallAsync(new Call("GetLedger") { Token = _root, Query = $"?groupBy={grouping}" }, 200);
            Assert.NotEqual(0, ledger.Json.GetProperty("groups").GetArrayLength());
        }

        await driver.CallAsync(new Call("GetLedger") { Token = _root, Query = "?groupBy=nothing" }, 422);
    }

    private async Task ResendAsync(string delivered)
    {
        await driver.CallAsync(new Call("CancelMessage") { Token = _root, PathValue = delivered }, 409);
        var resend = new Call("ResendMessage") { Token = _root, PathValue = delivered };
        await driver.CallAsync(resend with { Body = """{"dryRun":true}""" }, 200);
        await driver.CallAsync(resend with { Body = """{"only":"rejectedReadings"}""" }, 409);
        await driver.CallAsync(resend with { Body = """{"force":true}""" }, 202);
        await UntilAsync(delivered, "delivered");
    }

    private async Task ParkAsync()
    {
        var body = ValidBodies.Message(meter: "LU_CONF_Elec_unknown");
        var parked = (await driver.CallAsync(new Call("SendMessages") { Token = _root, Body = body }, 202)).Member("sendId");
        await UntilAsync(parked, "parked");
        await driver.CallAsync(new Call("CancelMessage") { Token = _root, PathValue = parked }, 200);
    }

    /// <summary>e-Sight reports a negative reading, which becomes an incident.</summary>
    private async Task FailAsync()
    {
        var body = ValidBodies.Message("-7", instant: "2022-11-01T00:00:00Z");
        var pushed = await driver.CallAsync(new Call("SendMessages") { Token = _root, Body = body }, 202);
        await UntilAsync(pushed.Member("sendId"), "rejected");
        await Eventually.GetAsync(
            () => driver.CallAsync(new Call("ListIncidents") { Token = _root }, 200),
            reply => reply.Json.GetProperty("items").GetArrayLength() > 0);
    }

    private async Task ImportAsync()
    {
        await driver.CallAsync(new Call("ImportObjectsByName") { Token = _root, PathValue = new string('x', 1_025) }, 422);
        await driver.CallAsync(new Call("ImportObjectsByNameGet") { Token = _root, PathValue = new string('x', 1_025) }, 422);
        foreach (var (operation, name) in new[] { ("ImportObjectsByName", "one"), ("ImportObjectsByNameGet", "two"), ("ImportObjects", "three") })
        {
            await StandInAccess.StoreAsync(
                stack, "energyload-source", $"{name}.json", ValidBodies.Message(instant: "2022-12-01T00:00:00Z"));
            var import = new Call(operation) { Token = _root, PathValue = name };
            var imported = await driver.CallAsync(import, 201);
            var id = imported.Location!.OriginalString.Split('/')[^1];
            await driver.CallAsync(new Call("GetImport") { Token = _root, PathValue = id }, 200);
            await Eventually.GetAsync(() => driver.CallAsync(import), reply => reply.Status == 200);
        }
    }

    private async Task ResendManyAsync(string messageId)
    {
        string Body(string more) => $$"""{"filter":{"messageId":"{{messageId}}"}{{more}}}""";
        var start = new Call("ResendMessages") { Token = _root };
        await driver.CallAsync(start with { Body = Body(""", "dryRun":true""") }, 200);
        var newer = ValidBodies.Message("9");
        var overlapping = await driver.CallAsync(new Call("SendMessages") { Token = _root, Body = newer }, 202);
        await UntilAsync(overlapping.Member("sendId"), "delivered");
        await driver.CallAsync(start with { Body = Body("") }, 409);

        await StopAsync(start with { Body = Body(""", "force":true""") });
    }

    /// <summary>Without wake-ups a resend stays where it is and can be stopped, once the last drain has gone.</summary>
    private async Task StopAsync(Call start)
    {
        using var http = new HttpClient();
        await http.PostAsJsonAsync(new Uri(stack.Google, "/control/tasks"), new { pause = true });
        var job = "";
        await Eventually.GetAsync(
            async () =>
            {
                // What a try had resent keeps a drain that is still there from going.
                await Task.Delay(TimeSpan.FromSeconds(2));
                job = (await driver.CallAsync(start, 202)).Member("jobId");
                return await driver.CallAsync(new Call("CancelResend") { Token = _root, PathValue = job });
            },
            reply => reply.Status == 200);
        await driver.CallAsync(new Call("GetResend") { Token = _root, PathValue = job }, 200);
        await driver.CallAsync(new Call("CancelResend") { Token = _root, PathValue = job }, 409);
        await http.PostAsJsonAsync(new Uri(stack.Google, "/control/tasks"), new { pause = false });
    }
}
