namespace EnergyLoad.SendApi.Delivery;

/// <summary>Something that the sweep does.</summary>
/// <param name="Name">What it is, for the log.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record SweepStep(string Name, Func<IServiceProvider, CancellationToken, Task> RunAsync)
{
    /// <summary>A step that one service of the container does.</summary>
    public static SweepStep Of<T>(string name, Func<T, CancellationToken, Task> runAsync)
        where T : notnull => new(name, (services, cancellationToken) => runAsync(services.GetRequiredService<T>(), cancellationToken));
}
