using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>The two files and their gateways.</summary>
internal static class Contracts
{
    public static GatewayDriver Drive(StackDescription stack, string side) => new(
        side == "send" ? stack.SendGateway : stack.ReceiveGateway, stack.ApiKeys["internal"], stack.Users, $"openapi-{side}.yaml");

    /// <summary>Fails with every fault.</summary>
    public static void AssertNone(IReadOnlyCollection<string> faults) =>
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
}
