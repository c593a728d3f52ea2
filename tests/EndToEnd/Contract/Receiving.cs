namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Every answer of receive-api's own operations.</summary>
internal sealed class Receiving(GatewayDriver driver)
{
    public async Task RunAsync()
    {
        var root = await driver.TokenAsync("root");
        var post = new Call("ReceiveErrorReport") { Token = await driver.TokenAsync("esight") };
        var id = $"{Guid.NewGuid():n}";
        var messageId = $"electricity_lu_20221001_1_{Guid.CreateVersion7()}";
        var first = ValidBodies.Report(messageId, id);
        var kept = await driver.CallAsync(post with { Body = first }, 201);
        await driver.CallAsync(post with { Body = first }, 200);
        await driver.CallAsync(post with { Body = ValidBodies.Report(messageId, id, "still out of range") }, 201);
        await driver.CallAsync(post with { Body = """{"_id":"odd","header":{},"errors":[7,{"errorCode":1,"value":"1"}]}""" }, 201);
        await driver.CallAsync(post with { Body = "" }, 400);
        var tooMany = string.Join(',', Enumerable.Repeat("{}", 10_001));
        await driver.CallAsync(post with { Body = $$"""{"_id":"many","header":{},"errors":[{{tooMany}}]}""" }, 422);

        var report = await driver.CallAsync(new Call("GetErrorReport") { Token = root, PathValue = kept.Member("reportId") }, 200);
        Assert.Equal((1, 2), (report.Json.GetProperty("errors").GetArrayLength(), report.Json.GetProperty("revisions").GetArrayLength()));
        var page = await driver.CallAsync(new Call("SearchErrorReports") { Token = root, Query = "?limit=1" }, 200);
        await driver.CallAsync(new Call("SearchErrorReports") { Token = root, Query = $"?limit=1&cursor={page.Member("next")}" }, 200);
        var query = $"?messageId={messageId}&errorCode=E1";
        var found = await driver.CallAsync(new Call("SearchErrorReports") { Token = root, Query = query }, 200);
        Assert.Equal(2, found.Json.GetProperty("items").GetArrayLength());
        await SearchTooMuchAsync();
    }

    private async Task SearchTooMuchAsync()
    {
        var search = new Call("SearchErrorReports") { Token = await driver.TokenAsync("backoffice"), Query = "?limit=1" };
        for (var i = 0; i < 1000; i++)
        {
            if ((await driver.CallAsync(search)).Status == 429)
            {
                return;
            }
        }

        Assert.Fail("A thousand searches in a row were answered.");
    }
}
