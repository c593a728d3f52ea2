namespace EnergyLoad.Bench;

/// <summary>One measured figure beside what it is held against in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">The unit of the two figures.</param>
/// <param name="Ours">What the product does.</param>
/// <param name="Against">What the bare machine does at the same work, or a bound.</param>
/// <param name="Ratio">How good ours is beside it; more is better.</param>
/// <param name="Limit">The least ratio that is promised.</param>
internal sealed record Figure(string Name, string Unit, double Ours, double Against, double Ratio, double Limit)
{
    public bool Holds => Ratio >= Limit;

    /// <summary>Held against a floor: the bare machine at the same work.</summary>
    public static Figure OfFloor(string name, string unit, double ours, double floor, double limit) =>
        new(name, unit, ours, floor, ours / floor, limit);

    /// <summary>Must reach a bound.</summary>
    public static Figure AtLeast(string name, string unit, double ours, double bound) => new(name, unit, ours, bound, ours / bound, 1);

    /// <summary>Must stay under a bound.</summary>
    public static Figure AtMost(string name, string unit, double ours, double bound) => new(name, unit, ours, bound, bound / ours, 1);
}
