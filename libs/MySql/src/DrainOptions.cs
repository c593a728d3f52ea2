namespace EnergyLoad.MySql;

/// <summary>Which row a <see cref="Drain"/> is armed by, and its times.</summary>
/// <param name="Table">The owner's table of drains.</param>
/// <param name="Name">The drain's row.</param>
public sealed record DrainOptions(string Table, string Name)
{
    /// <summary>
    /// How long an armed drain is believed without a sign of life, in seconds; after that the next commit sets the alarm again.
    /// </summary>
    public int ArmedSeconds { get; init; } = 10;

    /// <summary>How long a running drain leaves its row as it is before it arms it again.</summary>
    public TimeSpan ArmAgain => TimeSpan.FromSeconds(ArmedSeconds) / 5;

    /// <summary>How long an empty queue is watched before the drain goes idle.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the queue is looked at meanwhile, for work that other instances committed.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The least time between two looks that found nothing.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one run may take; it must end before the deadline of the call that woke it.</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromSeconds(20);
}
