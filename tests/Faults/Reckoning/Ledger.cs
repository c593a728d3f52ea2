using System.Text.Json;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>The ledger as an operator reads it, against the number of messages that there are.</summary>
internal static class Ledger
{
    private static readonly string[] Ends = ["pending", "parked", "delivered", "settled", "rejected", "dead", "cancelled"];

    /// <returns>What does not add up.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(FaultWorld world, long messages)
    {
        var ledger = await Insist.OnAsync(async () =>
        {
            using var backoffice = await GatewayUser.LoginAsync(
                world.Stack.SendGateway, world.Stack.ApiKeys["internal"], world.Stack.Users["backoffice"]);
            return await backoffice.GetAsync("/api/v1/service/send/ledger");
        });
        var counts = ledger.GetProperty("total").GetProperty("messages");
        var accepted = counts.GetProperty("accepted").GetInt64();
        return ledger.GetProperty("balanced")
            .GetBoolean() && accepted == messages && Ends.Sum(end => counts.GetProperty(end).GetInt64()) == messages
            ? []
            : [$"the ledger does not balance: {messages} messages, {JsonSerializer.Serialize(counts)}"];
    }
}
