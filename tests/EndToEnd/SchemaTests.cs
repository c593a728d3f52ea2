using System.Text.Json;
using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>What the schemas of bodies and parameters allow is taken, and what they rule out is refused.</summary>
[Collection(SharedStack.Name)]
public sealed class SchemaTests(RunningStack stack)
{
    private static readonly int[] Refused = [400, 413, 422];

    [Theory]
    [InlineData("send")]
    [InlineData("receive")]
    public async Task A_body_made_wrong_in_one_place_is_refused_and_the_same_body_right_is_taken(string side)
    {
        using var driver = Contracts.Drive(stack.Description, side);
        await Sending.ListAsync(stack.Description);
        var wrong = new List<string>();
        foreach (var operation in driver.Operations.Where(operation => operation.Body is not null))
        {
            var call = await RightCallAsync(driver, operation);
            Assert.Empty(SchemaCheck.OfRequest(JsonElement.Parse(call.Body!), operation.Body!.Schema));
            foreach (var (what, body) in Mutants.Of(call.Body!, operation.Body.Schema))
            {
                var reply = await driver.CallAsync(call with { Body = body });
                if (!Refused.Contains(reply.Status))
                {
                    wrong.Add($"{operation.Id} {what}: {reply.Status}");
                }
            }

            // The login of nobody is refused for its credentials, not for its form.
            Assert.InRange((await driver.CallAsync(call)).Status, 200, operation.Id == "Login" ? 401 : 299);
        }

        Contracts.AssertNone([.. wrong, .. driver.Faults]);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("receive")]
    public async Task A_parameter_that_its_schema_rules_out_is_refused_and_one_that_it_allows_is_taken(string side)
    {
        using var driver = Contracts.Drive(stack.Description, side);
        var root = await driver.TokenAsync("root");
        var wrong = new List<string>();
        foreach (var operation in driver.Operations)
        {
            foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "query"))
            {
                var call = new Call(operation.Id) { Token = root, Body = ValidBodies.For(operation) };
                foreach (var (value, taken) in Values(parameter))
                {
                    var query = $"?{parameter.Name}={Uri.EscapeDataString(value)}{With(parameter)}";
                    var reply = await driver.CallAsync(call with { Query = query });
                    if (taken ? reply.Status is < 200 or > 299 : !Refused.Contains(reply.Status))
                    {
                        wrong.Add($"{operation.Id} {parameter.Name} {(value.Length < 40 ? value : $"of {value.Length}")}: {reply.Status}");
                    }
                }
            }
        }

        Contracts.AssertNone([.. wrong, .. driver.Faults]);
    }

    private static IEnumerable<(string Value, bool Taken)> Values(PublicParameter parameter) =>
        Mutants.OfText(parameter.Schema).Select(value => (value, false)).Concat(ValidTexts.Of(parameter).Select(value => (value, true)));

    private static string With(PublicParameter parameter) => parameter.Name == "at" ? $"&meter={ValidBodies.Meter}" : "";

    /// <summary>A call that is answered with success, on an object of its own.</summary>
    private static async Task<Call> RightCallAsync(GatewayDriver driver, PublicOperation operation)
    {
        var root = await driver.TokenAsync("root");
        var call = new Call(operation.Id) { Token = root, Body = ValidBodies.Of(operation.Id) };
        switch (operation.Id)
        {
            case "ChangeOwnPassword":
                return call with { Token = await driver.LoginAsync((await MakeUserAsync(driver, root)).User) };
            case "EditUser":
                return call with { PathValue = (await MakeUserAsync(driver, root)).Id };
            case "ResendMessage":
                var sent = await driver.CallAsync(new Call("SendMessages") { Token = root, Body = ValidBodies.Message() }, 202);
                var look = new Call("GetMessage") { Token = root, PathValue = sent.Member("sendId") };
                await Eventually.GetAsync(() => driver.CallAsync(look, 200), reply => reply.Member("state") == "delivered");
                return call with { PathValue = sent.Member("sendId") };
            default:
                return call;
        }
    }

    private static async Task<(StackUser User, string Id)> MakeUserAsync(GatewayDriver driver, string root)
    {
        var user = new StackUser(ValidBodies.NewName(), ValidBodies.Password);
        var body = JsonSerializer.Serialize(new { username = user.Username, password = user.Password, type = "user" });
        return (user, (await driver.CallAsync(new Call("CreateUser") { Token = root, Body = body }, 201)).Member("id"));
    }
}
