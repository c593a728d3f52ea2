using System.Globalization;

namespace EnergyLoad.Faults.Tests;

/// <summary>
/// The pair whose services' processes have a clock each; everything else, the database above all, keeps the machine's. What passes of time
/// between two moments is untouched, as it is when a real clock is set.
/// </summary>
public sealed class OwnClocks : TwoInstances
{
    private const string Library = "libfaketimeMT.so.1";

    /// <summary>What this machine lacks for it; null when nothing.</summary>
    public static string? Missing => Find() is null ? "needs libfaketime" : null;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DOTNET_HOST_PATH"] = Host };

    private string Host => Path.Combine(State, "dotnet");

    private string Folder => Path.Combine(State, "clocks");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Host, HostScript());
        File.SetUnixFileMode(Host, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await base.InitializeAsync();
        foreach (var service in Description.SendApi.Concat(Description.ReceiveApi))
        {
            Set(service, TimeSpan.Zero);
        }
    }

    /// <summary>Sets the clock of one process, which sees it within a second.</summary>
    /// <param name="service">Its address.</param>
    /// <param name="offset">How far it is ahead of the machine's.</param>
    public void Set(Uri service, TimeSpan offset)
    {
        ArgumentNullException.ThrowIfNull(service);
        var file = Path.Combine(Folder, service.Port.ToString(CultureInfo.InvariantCulture));

        // Replaced whole: a process that reads half a line would be at another time.
        File.WriteAllText($"{file}.next", offset.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
        File.Move($"{file}.next", file, overwrite: true);
    }

    // bash, since sh takes the variables away whose names have a hyphen. A service is told its port, and so which clock is its own. The
    // "fix" is for a C library older than ours; here it ends every timed wait at once.
    private string HostScript() => $"""
        #!/bin/bash
        case $1 in
          *EnergyLoad.SendApi.dll | *EnergyLoad.ReceiveApi.dll)
            export LD_PRELOAD='{Find()}' FAKETIME_TIMESTAMP_FILE='{Folder}'/"$PORT" FAKETIME_CACHE_DURATION=1
            export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 FAKETIME_DISABLE_SHM=1 NO_FAKE_STAT=1 ;;
        esac
        exec dotnet "$@"

        """;

    private static string? Find() =>
        Directory.EnumerateDirectories("/usr/lib", "*linux-gnu*").Prepend("/usr/lib")
            .Select(folder => Path.Combine(folder, "faketime", Library)).FirstOrDefault(File.Exists);
}
