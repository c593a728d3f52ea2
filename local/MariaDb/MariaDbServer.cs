using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.MariaDb;

/// <summary>A MariaDB server of our own: its data in one folder, on 127.0.0.1 only, run by the caller, gone with the caller.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string AdminUser = "administrator";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private readonly ChildProcess _process;

    private MariaDbServer(ChildProcess process, ServerAccount administrator) => (_process, Administrator) = (process, administrator);

    /// <summary>The server's program.</summary>
    public static string Program { get; } =
        // Debian's folder for servers is not in the PATH of an ordinary user.
        File.Exists("/usr/sbin/mariadbd") ? "/usr/sbin/mariadbd" : "mariadbd";

    /// <summary>An account that may do everything.</summary>
    public ServerAccount Administrator { get; }

    /// <summary>The server's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Ends when the server has ended.</summary>
    public Task Exited => _process.Exited;

    /// <summary>Starts a server and waits until it accepts connections; lays out its data folder first when that is new.</summary>
    /// <param name="options">The data folder and the port.</param>
    /// <param name="cancellationToken">Gives up waiting and ends the server.</param>
    /// <exception cref="InvalidOperationException">The port is in use, or the server did not start; the message says which.</exception>
    public static async Task<MariaDbServer> StartAsync(MariaDbOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (FreePort.IsTaken(options.Port))
        {
            throw new InvalidOperationException($"Port {options.Port} is in use.");
        }

        var folder = Path.GetFullPath(options.Folder);
        var log = Path.GetFullPath(options.LogFile ?? Path.Combine(folder, "mariadb.log"));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(TemporaryFolder(folder));
        await DataFolder.LayOutAsync(DataFolder.Of(folder), TemporaryFolder(folder), log, cancellationToken);
        var password = await KeepPasswordAsync(folder, cancellationToken);
        var command = new ChildProcessOptions { Program = Program, Arguments = [.. Arguments(folder, log, options)] };
        var server = new MariaDbServer(
            await ChildProcess.StartAsync(command), new ServerAccount("127.0.0.1", options.Port, AdminUser, password));
        try
        {
            await server.AwaitGreetingAsync(options, log, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server at once, as a power cut would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Shuts the server down in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(StopTimeout);
        await _process.DisposeAsync();
    }

    private static IEnumerable<string> Arguments(string folder, string log, MariaDbOptions options) =>
    [
        "--no-defaults",
        $"--datadir={DataFolder.Of(folder)}",
        $"--tmpdir={TemporaryFolder(folder)}",
        "--bind-address=127.0.0.1",
        $"--port={options.Port.ToString(CultureInfo.InvariantCulture)}",
        // Relative to the data folder: the full path may be longer than the 107 bytes of a socket address.
        "--socket=mariadb.sock",
        "--pid-file=mariadb.pid",
        $"--init-file={InitFile(folder)}",
        $"--log-error={log}",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_bin",
        "--default-time-zone=+00:00",
        "--innodb-flush-log-at-trx-commit=1",
        "--innodb-doublewrite=1",
        $"--innodb-buffer-pool-size={options.BufferPoolMegabytes.ToString(CultureInfo.InvariantCulture)}M",
        "--max-connections=200",
        "--max-allowed-packet=64M",
        .. options.WaitsForDisk ? [] : (string[])["--innodb-flush-method=nosync", "--debug-no-sync"],
        .. DataFolder.AsRoot(),
    ];

    // Not /tmp: a starting server clears away the temporary tables of every other one that it finds there.
    private static string TemporaryFolder(string folder) => Path.Combine(folder, "tmp");

    private static string InitFile(string folder) => Path.Combine(folder, "administrator.sql");

    /// <summary>The server runs this file before it accepts anybody, so the account is right on every start.</summary>
    private static async Task<string> KeepPasswordAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "administrator.password");
        var password = File.Exists(file)
            ? await File.ReadAllTextAsync(file, cancellationToken)
            : RandomNumberGenerator.GetHexString(32, lowercase: true);
        await WritePrivateAsync(file, password, cancellationToken);
        await WritePrivateAsync(
            InitFile(folder),
            $"""
            CREATE USER IF NOT EXISTS '{AdminUser}'@'127.0.0.1' IDENTIFIED BY '{password}';
            ALTER USER '{AdminUser}'@'127.0.0.1' IDENTIFIED BY '{password}';
            GRANT ALL PRIVILEGES ON *.* TO '{AdminUser}'@'127.0.0.1' WITH GRANT OPTION;
            """,
            cancellationToken);
        return password;
    }

    private static async Task WritePrivateAsync(string file, string text, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    private async Task AwaitGreetingAsync(MariaDbOptions options, string log, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (!await GreetsAsync(options.Port, stop.Token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_process.Exited.IsCompleted || timeout.IsCancellationRequested)
            {
                throw new InvalidOperationException($"MariaDB did not start on port {options.Port}; see {log}.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>The port is open before the server is ready; the first byte of its handshake comes after.</summary>
    private static async Task<bool> GreetsAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return await client.GetStream().ReadAsync(new byte[1], cancellationToken) == 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
