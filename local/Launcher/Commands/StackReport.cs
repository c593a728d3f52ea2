using EnergyLoad.Local.Launcher.Layout;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Where everything is and who may log in. Secrets are not shown: they are in stack.json.</summary>
internal static class StackReport
{
    public static void Show(IAnsiConsole console, StackFile stack, StateFolder folder)
    {
        var addresses = new Table { Title = new TableTitle("Addresses") }.AddColumns("part", "address", "process");
        addresses.AddRow("send gateway", stack.SendGateway, $"{stack.Pids.SendGateway}");
        addresses.AddRow("receive gateway", stack.ReceiveGateway, $"{stack.Pids.ReceiveGateway}");
        AddServices(addresses, "send-api", stack.SendApi, stack.Pids.SendApi);
        AddServices(addresses, "receive-api", stack.ReceiveApi, stack.Pids.ReceiveApi);
        addresses.AddRow("e-Sight simulator", stack.Esight, $"{stack.Pids.Esight}");
        addresses.AddRow("Google stand-in", stack.Google, $"{stack.Pids.Google}");
        addresses.AddRow("database", $"{stack.Mysql.Host}:{stack.Mysql.Port}/{stack.Mysql.Database}", $"{stack.Pids.Mariadb}");
        console.Write(addresses);

        var users = new Table { Title = new TableTitle("Users, valid on both gateways") }.AddColumns("role", "user name");
        foreach (var role in new[] { StackUsers.Root }.Concat(StackUsers.MadeByRoot.Select(user => user.Key)))
        {
            users.AddRow(role, stack.Users[role].Username);
        }

        console.Write(users);
        console.MarkupLineInterpolated($"Passwords and API keys: {folder.StackFile}");
        console.MarkupLineInterpolated($"Logs: {folder.Logs}");
    }

    private static void AddServices(Table table, string name, IReadOnlyList<string> addresses, IReadOnlyList<int> processIds)
    {
        foreach (var (address, processId) in addresses.Zip(processIds))
        {
            table.AddRow(name, address, $"{processId}");
        }
    }
}
