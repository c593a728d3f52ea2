using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>kill -9 at moments of the seed's choosing; the launcher starts what died again, as Cloud Run would.</summary>
internal static class ProcessFaults
{
    public static IEnumerable<Scenario> All =>
    [
        new("kill-send-api", injection => KillAsync(injection, Role.SendApi)),
        new("kill-receive-api", injection => KillAsync(injection, Role.ReceiveApi)),
        new("kill-gateways", KillGatewaysAsync),
        new("kill-esight", injection => KillAsync(injection, Role.ESight)),
        new("kill-google", KillGoogleAsync),
        new("kill-mariadb", KillMariaDbAsync),
        new("kill-everything", KillEverythingAsync),
        new("halt-send-api", injection => HaltAsync(injection, Role.SendApi)),
        new("halt-receive-api", injection => HaltAsync(injection, Role.ReceiveApi)),
    ];

    private static async Task KillAsync(Injection injection, Role role)
    {
        var times = injection.Random.Next(2, 5);
        for (var n = 0; n < times; n++)
        {
            await injection.MomentAsync();
            var instance = injection.Random.Next(injection.World.Processes.Count(role));
            injection.HitsRecords(role == Role.SendApi ? 1 : 0);
            await injection.World.Processes.ReplaceAsync(role, instance);
        }

        injection.Notes.Add($"{times} kills");
    }

    private static async Task KillGatewaysAsync(Injection injection)
    {
        await injection.MomentAsync();
        await injection.World.Processes.ReplaceAsync(Role.SendGateway);
        await injection.MomentAsync();
        await injection.World.Processes.ReplaceAsync(Role.ReceiveGateway);
    }

    // Its tasks die with it, and with them the alarms that were set: the minute's sweep finds what they were for.
    private static async Task KillGoogleAsync(Injection injection)
    {
        await KillAsync(injection, Role.Google);
        await injection.World.Google.SweepAsync();
    }

    private static async Task KillMariaDbAsync(Injection injection)
    {
        await injection.MomentAsync();
        injection.HitsRecords(2);
        await injection.World.Processes.ReplaceAsync(Role.MariaDb);
        await injection.MomentAsync();
    }

    private static async Task KillEverythingAsync(Injection injection)
    {
        await injection.MomentAsync();
        injection.HitsRecords(4);
        var roles = Enum.GetValues<Role>();
        injection.Random.Shuffle(roles);
        foreach (var role in roles)
        {
            injection.World.Processes.KillAll(role);
        }

        await injection.MomentAsync();
        await injection.World.Google.SweepAsync();
    }

    // Longer than a lease: what it had claimed is another's when it wakes up.
    private static async Task HaltAsync(Injection injection, Role role)
    {
        await injection.MomentAsync();
        injection.HitsRecords(role == Role.SendApi ? 1 : 0);
        var instance = injection.Random.Next(injection.World.Processes.Count(role));
        await injection.World.Processes.HaltAsync(role, instance, () => injection.LastAsync(6_000, 9_000));
        await injection.MomentAsync();
    }
}
