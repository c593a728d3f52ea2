using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>What a scenario has in hand, and what it says of itself.</summary>
internal sealed class Injection(FaultWorld world, TrafficRun traffic, Random random)
{
    // An instance has at most so many messages under way (Delivery:Concurrency).
    private const int UnrecordedPerInstance = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public FaultWorld World => world;

    public TrafficRun Traffic => traffic;

    public Random Random => random;

    /// <summary>
    /// How many of e-Sight's answers may have stayed unrecorded: none, unless a process of send-api or its database was hit.
    /// </summary>
    public int MayStayUnrecorded { get; private set; }

    /// <summary>What proves that the fault took place.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Says that so many instances of send-api may be in the window between an answer of e-Sight's and its record.</summary>
    public void HitsRecords(int instances) => MayStayUnrecorded += instances * UnrecordedPerInstance;

    /// <summary>A moment of the seed's choosing, counted in accepted messages so that it always falls into traffic.</summary>
    public Task MomentAsync() => traffic.MoreAsync(random.Next(5, 60));

    /// <summary>A stretch of time while a fault lasts: nothing can be polled for, since nothing is to happen.</summary>
    public Task LastAsync(int leastMilliseconds, int mostMilliseconds) => Task.Delay(random.Next(leastMilliseconds, mostMilliseconds));

    /// <summary>Waits until a count in the database, or a comparison of books, is as wanted.</summary>
    public static Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isRight) => Eventually.GetAsync(read, isRight, Patience);
}
