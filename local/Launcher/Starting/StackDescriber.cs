using EnergyLoad.Local.Launcher.Databases;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Puts together what stack.json says.</summary>
internal static class StackDescriber
{
    public static StackFile Describe(LauncherOptions options, StackSecrets secrets, StackDatabase database, StackProcesses processes)
    {
        var ports = options.Ports;
        return new StackFile
        {
            SendGateway = Ports.Url(ports.SendGateway),
            ReceiveGateway = Ports.Url(ports.ReceiveGateway),
            SendApi = [.. processes.SendApi.Select((_, instance) => Ports.Url(ports.SendApi(instance)))],
            ReceiveApi = [.. processes.ReceiveApi.Select((_, instance) => Ports.Url(ports.ReceiveApi(instance)))],
            Esight = Ports.Url(ports.ESight),
            Google = Ports.Url(ports.Google),
            Mysql = new()
            {
                Host = database.Server.Host,
                Port = database.Server.Port,
                Database = StackDatabase.Name,
                User = database.Migrations.User,
                Password = database.Migrations.Password,
            },
            ApiKeys = secrets.ApiKeys,
            Users = secrets.Users,
            Callers = new(CloudNames.SendGateway, CloudNames.ReceiveGateway, CloudNames.Tasks, CloudNames.PubSub, CloudNames.Scheduler),
            Audiences = new(CloudNames.SendAudience, CloudNames.ReceiveAudience),
            Pids = new(
                processes.MariaDb?.Id,
                processes.Google.Id,
                processes.ESight.Id,
                [.. processes.SendApi.Select(process => process.Id)],
                [.. processes.ReceiveApi.Select(process => process.Id)],
                processes.SendGateway.Id,
                processes.ReceiveGateway.Id),
            Logs = options.State.Logs,
        };
    }
}
