namespace EnergyLoad.Local.MariaDb.Processes;

/// <summary>What to start, and where its output goes.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The program: a path, or a name to look for in PATH.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, one by one; none by default.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables set on top of the inherited environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The file that standard output and error are appended to; null to drop them.</summary>
    public string? LogFile { get; init; }

    /// <summary>Gets each line of output and error as it comes, from two threads; null when nobody asks.</summary>
    public Action<string>? OnLine { get; init; }
}
