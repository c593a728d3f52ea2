using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Every answer of the operations that both gateways have.</summary>
internal sealed class Accounts(GatewayDriver driver)
{
    // As many guesses as are free, and the one that is not.
    private const int Guesses = 6;

    public async Task RunAsync()
    {
        await driver.CallAsync(new Call("Health"), 200);
        await driver.CallAsync(new Call("GetReasons"), 200);
        await driver.CallAsync(new Call("ReadAudit") { Token = await driver.TokenAsync("root") }, 200);
        var root = await driver.TokenAsync("root");
        foreach (var list in driver.Operations.Where(operation => operation.Parameters.Any(parameter => parameter.Name == "limit")))
        {
            await driver.CallAsync(new Call(list.Id) { Token = root, Query = "?limit=0" }, 422);
        }

        var user = new StackUser(ValidBodies.NewName(), ValidBodies.Password);
        var id = await MakeAsync(user, root);
        await UseAsync(user);
        await ManageAsync(id, root);
        await GuessAsync();
    }

    private async Task<string> MakeAsync(StackUser user, string root)
    {
        var body = JsonSerializer.Serialize(new { username = user.Username, password = user.Password, type = "backoffice" });
        var made = await driver.CallAsync(new Call("CreateUser") { Token = root, Body = body }, 201);
        var again = await driver.CallAsync(new Call("CreateUser") { Token = root, Body = body }, 200);
        Assert.True(again.Json.GetProperty("existing").GetBoolean());
        return made.Member("id");
    }

    private async Task UseAsync(StackUser user)
    {
        var credentials = JsonSerializer.Serialize(user, JsonSerializerOptions.Web);
        await driver.CallAsync(new Call("Login") { Body = credentials, Accept = "application/json" }, 200);
        var token = (await driver.CallAsync(new Call("Login") { Body = credentials }, 200)).Text;
        await driver.CallAsync(new Call("GetUser") { Token = token }, 200);
        var wrong = """{"current":"not the current one","new":"nine umbrellas under 3 bridges"}""";
        for (var guess = 1; guess < Guesses; guess++)
        {
            await driver.CallAsync(new Call("ChangeOwnPassword") { Token = token, Body = wrong });
        }

        await driver.CallAsync(new Call("ChangeOwnPassword") { Token = token, Body = wrong }, 429);
        await driver.CallAsync(new Call("Logout") { Token = token }, 200);
        var other = new StackUser(ValidBodies.NewName(), ValidBodies.Password);
        await MakeAsync(other, await driver.TokenAsync("root"));
        var change = new Call("ChangeOwnPassword") { Token = await driver.LoginAsync(other), Body = ValidBodies.Of("ChangeOwnPassword") };
        await driver.CallAsync(change, 200);
    }

    private async Task ManageAsync(string id, string root)
    {
        var own = (await driver.CallAsync(new Call("GetUser") { Token = root }, 200)).Member("id");
        var page = await driver.CallAsync(new Call("ListUsers") { Token = root, Query = "?limit=1" }, 200);
        await driver.CallAsync(new Call("ListUsers") { Token = root, Query = $"?cursor={page.Member("next")}" }, 200);
        await driver.CallAsync(new Call("ReadUser") { Token = root, PathValue = id }, 200);
        await driver.CallAsync(new Call("EditUser") { Token = root, PathValue = id, Body = ValidBodies.Of("EditUser") }, 200);
        await driver.CallAsync(new Call("EndUserSessions") { Token = root, PathValue = id }, 200);
        await driver.CallAsync(new Call("DeactivateUser") { Token = root, PathValue = id }, 200);
        await driver.CallAsync(new Call("EditUser") { Token = root, PathValue = own, Body = """{"status":"deactivated"}""" }, 409);
        await driver.CallAsync(new Call("DeactivateUser") { Token = root, PathValue = own }, 409);
    }

    private async Task GuessAsync()
    {
        var guess = new Call("Login") { Body = $$"""{"username":"{{ValidBodies.NewName()}}","password":"not the password"}""" };
        for (var i = 1; i < Guesses; i++)
        {
            await driver.CallAsync(guess, 401);
        }

        await driver.CallAsync(guess, 429);
    }
}
