namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>The folder that holds one stack: its data, its secrets, its logs, and stack.json.</summary>
internal sealed class StateFolder(string path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(path);

    public string Logs => Path.Combine(Root, "logs");

    public string MariaDb => Path.Combine(Root, "mariadb");

    public string Google => Path.Combine(Root, "google");

    public string ESight => Path.Combine(Root, "esight");

    public string Configuration => Path.Combine(Root, "config");

    public string StackFile => Path.Combine(Root, "stack.json");

    public string SecretsFile => Path.Combine(Root, "secrets.json");

    public string SampleFile => Path.Combine(Root, "sample.json");

    public string LockFile => Path.Combine(Root, "launcher.lock");

    public string PidFile => Path.Combine(Root, "launcher.pid");

    public string LauncherLog => Log("launcher");

    public string Log(string name) => Path.Combine(Logs, $"{name}.log");

    public void Create()
    {
        foreach (var folder in new[] { Root, Logs, MariaDb, Google, ESight, Configuration })
        {
            Directory.CreateDirectory(folder, Private);
        }
    }
}
