using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>The gateways' files say what the services do, no more and no less: every operation is driven through its gateway.</summary>
public sealed class ConformanceTests(RunningStack stack) : IClassFixture<RunningStack>
{
    // Answered so after 20 s, which tests/send-api wait for on a clock of their own.
    private static readonly string[] Slow = ["ImportObjects", "ImportObjectsByName", "ImportObjectsByNameGet"];

    // All others are limited by their gateway's quota alone.
    private static readonly string[] OwnLimits = ["Login", "ChangeOwnPassword", "SearchErrorReports"];

    [Fact]
    public async Task Every_answer_that_openapi_send_documents_comes_as_it_says_and_no_other()
    {
        using var driver = Driver("send");
        await Doors.TryAsync(driver, await OtherTokenAsync("receive"));
        await new Accounts(driver).RunAsync();
        await new Sending(driver, stack.Description).RunAsync();

        AssertEverythingCame(driver);
    }

    [Fact]
    public async Task Every_answer_that_openapi_receive_documents_comes_as_it_says_and_no_other()
    {
        using var driver = Driver("receive");
        await Doors.TryAsync(driver, await OtherTokenAsync("send"));
        await new Accounts(driver).RunAsync();
        await new Receiving(driver).RunAsync();

        AssertEverythingCame(driver);
    }

    private static void AssertEverythingCame(GatewayDriver driver)
    {
        var unseen = driver.Unseen.Where(answer => answer.Status switch
        {
            503 => false,
            429 => OwnLimits.Contains(answer.Id),
            202 => !Slow.Contains(answer.Id),
            _ => true,
        });
        Contracts.AssertNone([.. driver.Faults, .. unseen.Select(answer => $"{answer.Id} was never answered {answer.Status}")]);
    }

    private GatewayDriver Driver(string side) => Contracts.Drive(stack.Description, side);

    private async Task<string> OtherTokenAsync(string side)
    {
        using var other = Driver(side);
        return await other.TokenAsync("root");
    }
}
