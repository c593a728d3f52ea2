using EnergyLoad.Local.Launcher.Configuration;
using EnergyLoad.Local.Launcher.Databases;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Users;
using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>The pair and the world around it on one machine: started in order, kept running, stopped in reverse.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly LauncherOptions _options;
    private readonly StackSecrets _secrets;
    private readonly DatabaseAccounts _accounts;
    private readonly StackPrograms _programs;
    private readonly StackEvents _events;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Lock _fileTurn = new();

    // Started, in order; a stop goes through them backwards, those of one entry at once.
    private readonly List<IReadOnlyList<Supervised>> _started = [];
    private StackDatabase? _database;
    private StackProcesses? _processes;

    private Stack(LauncherOptions options, Action<string> report)
    {
        _options = options;
        _secrets = StackSecrets.LoadOrCreate(options.State, shared: options.Mysql is not null);
        _accounts = new DatabaseAccounts(_secrets);
        _secrets.Save(options.State);
        _programs = new StackPrograms(options.Ports, options.State, new Health(_http));
        _events = new StackEvents(report, WriteFile);
    }

    /// <summary>What stack.json says.</summary>
    public StackFile Description => StackDescriber.Describe(_options, _secrets, _database!, _processes!);

    public static async Task<Stack> StartAsync(
        LauncherOptions options, Steps steps, Action<string> report, CancellationToken cancellationToken)
    {
        PortCheck.Run(options);
        File.Delete(options.State.StackFile);
        var stack = new Stack(options, report);
        try
        {
            await stack.StartAsync(steps, cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var group in Enumerable.Reverse(_started))
        {
            await Task.WhenAll(group.Select(process => process.DisposeAsync().AsTask()));
        }

        _http.Dispose();
    }

    private async Task StartAsync(Steps steps, CancellationToken cancellationToken)
    {
        var server = StartServerAsync(steps, cancellationToken);
        var secrets = SecretConfiguration.For(_secrets, _accounts);
        var google = Supervise("google", Programs.Google, GoogleConfiguration.For(_options.Ports, _options.State, secrets));
        await Task.WhenAll(server, steps.RunAsync("Google stand-in", () => StartAsync(cancellationToken, google)));

        var environment = await PrepareDatabaseAsync(await server, steps, cancellationToken);
        var processes = _processes = Processes(google, environment);
        await Task.WhenAll(
            steps.RunAsync("e-Sight simulator", () => StartAsync(cancellationToken, processes.ESight)),
            steps.RunAsync(
                "send-api and receive-api", () => StartAsync(cancellationToken, [.. processes.SendApi, .. processes.ReceiveApi])),
            steps.RunAsync("gateways", () => StartAsync(cancellationToken, processes.SendGateway, processes.ReceiveGateway)));
        await steps.RunAsync("users", () => new UserSeeding(_http, _options.Ports, _secrets, _options.State).RunAsync(cancellationToken));
        WriteFile();
    }

    private async Task<ServerAccount> StartServerAsync(Steps steps, CancellationToken cancellationToken)
    {
        var server = _options.Mysql;
        if (server is null)
        {
            await steps.RunAsync("MariaDB", async () => server = await StartMariaDbAsync(cancellationToken));
        }

        return server!;
    }

    // After the stand-in: the services' commands read their secrets from it, as the services do.
    private async Task<ServiceEnvironment> PrepareDatabaseAsync(ServerAccount server, Steps steps, CancellationToken cancellationToken)
    {
        var database = _database = new StackDatabase(server, _accounts);
        var environment = new ServiceEnvironment(_options.Ports, database);
        await steps.RunAsync("database: accounts, tables, rights", async () =>
        {
            await database.CreateAsync(cancellationToken);
            await Task.WhenAll(
                StackPrograms.RunCommandAsync(Programs.SendApi, environment.ForCommand(Runner.SendApi), cancellationToken, "migrate"),
                StackPrograms.RunCommandAsync(
                    Programs.ReceiveApi, environment.ForCommand(Runner.ReceiveApi), cancellationToken, "migrate"));
            await database.GrantAsync(cancellationToken);
            await new RootUser(_secrets, _options.State).EnsureAsync(environment, cancellationToken);
        });
        return environment;
    }

    private async Task<ServerAccount> StartMariaDbAsync(CancellationToken cancellationToken)
    {
        MariaDbServer? server = null;
        var mariaDb = new Supervised("mariadb", StartAsync, _events);
        await this.StartAsync(cancellationToken, mariaDb);
        return server!.Administrator;

        async Task<Running> StartAsync(CancellationToken token)
        {
            (server, var running) = await _programs.StartMariaDbAsync(token);
            return running;
        }
    }

    private StackProcesses Processes(Supervised google, ServiceEnvironment environment)
    {
        var ports = _options.Ports;
        var gateways = new GatewayConfiguration(ports, _secrets);
        return new StackProcesses(
            _started.SelectMany(group => group).SingleOrDefault(process => process.Name == "mariadb"),
            google,
            Supervise("esight", Programs.ESight, ESightConfiguration.For(ports, _options.State, _secrets)),
            [.. Instances.Select(n => Supervise("send-api", n, Programs.SendApi, environment.ForSendApi(n), Ports.Url(ports.SendApi(n))))],
            [.. Instances.Select(n => Supervise("receive-api", n, Programs.ReceiveApi, environment.ForReceiveApi(n), Ports.Url(ports.ReceiveApi(n))))],
            Supervise("send-gateway", Programs.Gateway, gateways.ForSend()),
            Supervise("receive-gateway", Programs.Gateway, gateways.ForReceive()));
    }

    private IEnumerable<int> Instances => Enumerable.Range(0, _options.Ports.Instances);

    private Supervised Supervise(string name, string assembly, object configuration) =>
        new(name, _ => _programs.StartStandInAsync(name, assembly, configuration), _events);

    private Supervised Supervise(
        string name, int instance, string assembly, IReadOnlyDictionary<string, string> environment, string address)
    {
        var unique = $"{name}-{instance + 1}";
        return new(unique, token => _programs.StartServiceAsync(unique, assembly, environment, address, token), _events);
    }

    private Task StartAsync(CancellationToken cancellationToken, params IReadOnlyList<Supervised> group)
    {
        lock (_started)
        {
            _started.Add(group);
        }

        return Task.WhenAll(group.Select(process => process.StartAsync(cancellationToken)));
    }

    private void WriteFile()
    {
        lock (_fileTurn)
        {
            if (_processes is not null)
            {
                PrivateFile.Write(_options.State.StackFile, Description);
            }
        }
    }
}
