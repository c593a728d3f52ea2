namespace EnergyLoad.Bench.Reporting;

/// <summary>A figure that was measured again on the same machine.</summary>
internal sealed record Change(KeptFigure Before, Figure Now)
{
    /// <summary>How far the ratio of one figure goes up and down from run to run although nothing was changed.</summary>
    public const double Noise = 0.1;

    /// <summary>The part of the ratio that was won, or lost when it is negative.</summary>
    public double Gain => (Now.Ratio / Before.Figure.Ratio) - 1;

    public bool IsWorse => Gain < -Noise;
}
