namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>Where the built programs and the files of the repository are.</summary>
internal static class Programs
{
    // artifacts/bin/PROJECT/CONFIGURATION/PROJECT.dll: the siblings of this program, built alike.
    private static readonly DirectoryInfo Mine = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Repository { get; } = Mine.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The host that runs this program runs its siblings, unless another is named as the SDK names it.</summary>
    public static string DotNet =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named
        : Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    public static string Launcher => Assembly("EnergyLoad.Local.Launcher");

    public static string SendApi => Assembly("EnergyLoad.SendApi");

    public static string ReceiveApi => Assembly("EnergyLoad.ReceiveApi");

    public static string Google => Assembly("EnergyLoad.Local.Google");

    public static string ESight => Assembly("EnergyLoad.Local.ESight");

    public static string Gateway => Assembly("EnergyLoad.Local.Gateway");

    public static string SendContract => Path.Combine(Repository, "gateway", "openapi-send.yaml");

    public static string ReceiveContract => Path.Combine(Repository, "gateway", "openapi-receive.yaml");

    private static string Assembly(string project) => Path.Combine(Mine.Parent!.Parent!.FullName, project, Mine.Name, $"{project}.dll");
}
