namespace EnergyLoad.Local.MariaDb;

/// <summary>Where a private server keeps its data and which port it takes.</summary>
public sealed record MariaDbOptions
{
    /// <summary>The server's folder: made when missing, used again when it holds a server's data already.</summary>
    public required string Folder { get; init; }

    /// <summary>The port on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>The server's log; by default <c>mariadb.log</c> in its folder.</summary>
    public string? LogFile { get; init; }

    /// <summary>Memory for InnoDB's pages; 256 MB by default.</summary>
    public int BufferPoolMegabytes { get; init; } = 256;

    /// <summary>
    /// Whether a commit and a change of the schema wait until the disk has them; true by default. Without, what is written outlives
    /// the end of the server's process and not a power cut, which is enough for a test and much quicker.
    /// </summary>
    public bool WaitsForDisk { get; init; } = true;

    /// <summary>How long the server may take until it accepts connections; 60 s by default, since it may have to recover.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
