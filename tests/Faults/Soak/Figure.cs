namespace EnergyLoad.Faults.Tests.Soak;

/// <summary>One row of the table: what is read from a sample, and how much more of it there may be at the end than at the start.</summary>
internal sealed record Figure(string Name, Func<Sample, double> Read, double Factor, double Margin)
{
    // The collector, the pools and the driver take what they take in the first minutes; what grows is what matters.
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("send-api: memory, MiB", sample => sample.SendApi.MemoryMib, 1.25, 40),
        new("send-api: handles", sample => sample.SendApi.Handles, 1.1, 20),
        new("send-api: threads", sample => sample.SendApi.Threads, 1.2, 10),
        new("receive-api: memory, MiB", sample => sample.ReceiveApi.MemoryMib, 1.25, 40),
        new("receive-api: handles", sample => sample.ReceiveApi.Handles, 1.1, 20),
        new("receive-api: threads", sample => sample.ReceiveApi.Threads, 1.2, 10),
        new("database sessions", sample => sample.Connections, 1.1, 10),
        new("push, p50, ms", sample => sample.MedianMs, 2, 20),
        new("push, p99, ms", sample => sample.SlowMs, 2, 100),
        new("messages waiting", sample => sample.Waiting, 1.5, 500),
    ];

    public bool IsFlat(double start, double end) => end <= (start * Factor) + Margin;
}
