using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>What can be asked for, and who does it.</summary>
internal static class CommandLine
{
    private const int DefaultPort = 8080;
    private static readonly Option<bool> Once =
        new("--once") { Description = "Push the sample day, stop, and say by the exit code whether all of it came to its expected end" };
    private static readonly Option<bool> Detach = new("--detach") { Description = "Return when everything is ready, and leave it running" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Push nothing" };
    private static readonly Option<bool> Background = new("--background") { Hidden = true };
    private static readonly Option<string?> Mysql =
        new("--mysql") { Description = "Use this MySQL or MariaDB server: mysql://user:password@host:port or a connection string" };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "First port",
        DefaultValueFactory = _ => DefaultPort,
        Validators = { result => Refuse(result, port => !Ports.Fits(port), "all of the stack's ports must lie between 1024 and 65535.") },
    };

    private static readonly Option<int> Instances = new("--instances")
    {
        Description = "Processes of each service",
        DefaultValueFactory = _ => 1,
        Validators = { result => Refuse(result, count => count is < 1 or > Ports.MaximumInstances, $"1 to {Ports.MaximumInstances}.") },
    };

    private static readonly Option<string> State = new("--state")
    {
        Description = "Folder for data, logs and stack.json",
        DefaultValueFactory = _ => Path.Combine(Programs.Repository, ".local"),
        Recursive = true,
    };

    public static Task<int> RunAsync(string[] arguments)
    {
        var status = new Command("status", "Say what is running");
        status.SetAction((given, token) => Screen.GuardAsync(() => StatusCommand.RunAsync(StateOf(given), token)));
        var stop = new Command("stop", "Stop what --detach started");
        stop.SetAction((given, token) => Screen.GuardAsync(() => StopCommand.RunAsync(StateOf(given), token)));
        var root = new RootCommand("Runs the pair on this machine") { Once, Detach, NoDemo, Background, Mysql, Port, Instances, State, status, stop };
        root.Validators.Add(Check);
        root.SetAction((given, _) => Screen.GuardAsync(() => RunAsync(given, arguments)));
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction error)
        {
            error.ShowHelp = false;
        }

        // The stack stops itself, in order, on Ctrl-C.
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Task<int> RunAsync(ParseResult parsed, string[] arguments)
    {
        var options = new LauncherOptions
        {
            State = StateOf(parsed),
            Ports = new Ports(parsed.GetValue(Port), parsed.GetValue(Instances)),
            Mysql = parsed.GetValue(Mysql) is { } address ? ServerAccount.Parse(address) : null,
            Once = parsed.GetValue(Once),
            Demo = !parsed.GetValue(NoDemo) && !parsed.GetValue(Background),
        };
        return parsed.GetValue(Detach) ? new DetachCommand(options, arguments).RunAsync() : new RunCommand(options).RunAsync();
    }

    private static StateFolder StateOf(ParseResult parsed) => new(parsed.GetValue(State)!);

    private static void Refuse(OptionResult result, Func<int, bool> isRefused, string rule)
    {
        // What is no number at all is told by the parser.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && isRefused(number))
        {
            result.AddError($"{result.Option.Name}: {rule}");
        }
    }

    private static void Check(CommandResult result)
    {
        if (result.GetValue(Once) && result.GetValue(Detach))
        {
            result.AddError("--once and --detach exclude each other.");
        }

        if (result.GetValue(Once) && result.GetValue(NoDemo))
        {
            result.AddError("--once has nothing to tell with --no-demo.");
        }
    }
}
