namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>What every operation refuses: keys, tokens and users that it does not take, and bodies that nobody could.</summary>
internal static class Doors
{
    private static readonly string TooLarge = new(' ', 9 * 1024 * 1024);

    // The one user of the stack that may hardly do anything, and what it may all the same.
    private static readonly string[] OpenToESight = ["Logout", "ReceiveErrorReport"];

    public static async Task TryAsync(GatewayDriver driver, string tokenOfTheOtherGateway)
    {
        var root = await driver.TokenAsync("root");
        foreach (var operation in driver.Operations)
        {
            await TryKeyAsync(driver, operation, root);
            if (!operation.KeyOnly)
            {
                await TryTokenAsync(driver, operation, tokenOfTheOtherGateway);
            }

            if (operation.Body is not null)
            {
                await TryBodyAsync(driver, operation, root);
            }

            if (operation.Responses.ContainsKey(404))
            {
                await driver.CallAsync(new Call(operation.Id) { Token = root, Body = ValidBodies.For(operation) }, 404);
            }
        }
    }

    private static async Task TryKeyAsync(GatewayDriver driver, PublicOperation operation, string token)
    {
        await driver.CallAsync(new Call(operation.Id) { Token = token, Key = "" }, 401);
        await driver.CallAsync(new Call(operation.Id) { Token = token, Key = "no-such-key" }, 400);
    }

    private static async Task TryTokenAsync(GatewayDriver driver, PublicOperation operation, string tokenOfTheOtherGateway)
    {
        await driver.CallAsync(new Call(operation.Id), 401);
        await driver.CallAsync(new Call(operation.Id) { Token = "not.a.token" }, 401);
        await driver.CallAsync(new Call(operation.Id) { Token = tokenOfTheOtherGateway }, 403);
        if (!OpenToESight.Contains(operation.Id))
        {
            await driver.CallAsync(new Call(operation.Id) { Token = await driver.TokenAsync("esight") }, 403);
        }
    }

    private static async Task TryBodyAsync(GatewayDriver driver, PublicOperation operation, string token)
    {
        var call = new Call(operation.Id) { Token = token };
        await driver.CallAsync(call with { Body = "{" }, 400);
        await driver.CallAsync(call with { Body = "{}", MediaType = "text/plain" }, 415);
        await driver.CallAsync(call with { Body = TooLarge }, 413);
        await driver.CallAsync(call with { Body = "7" });
    }
}
