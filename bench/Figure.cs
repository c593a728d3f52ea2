namespace EnergyLoad.Bench;

/// <summary>One measured figure beside its floor and its limit.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">The unit of the two figures.</param>
/// <param name="Ours">What the product does.</param>
/// <param name="Floor">What the bare machine does at the same work in the same run.</param>
/// <param name="Limit">The least ratio of the two that is promised.</param>
internal sealed record Figure(string Name, string Unit, double Ours, double Floor, double Limit)
{
    public double Ratio => Ours / Floor;

    public bool Holds => Ratio >= Limit;
}
