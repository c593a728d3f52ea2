using System.Globalization;

namespace EnergyLoad.Bench;

/// <summary>What a load came to.</summary>
/// <param name="Answers">Requests answered as they should be.</param>
/// <param name="Duration">In what time.</param>
/// <param name="Costs">Processor time of each watched process in that time: it says more than the rate when the machine has other work.</param>
/// <param name="Slowest">The time that 99 of 100 requests stayed under.</param>
internal sealed record LoadResult(int Answers, TimeSpan Duration, IReadOnlyList<(string Name, TimeSpan Used)> Costs, TimeSpan Slowest)
{
    public double PerSecond => Answers / Duration.TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:#,0}/s, p99 {Slowest.TotalMilliseconds:0} ms; processor time a request: {string.Join(", ", Costs.Select(cost => Text($"{cost.Name}", cost.Used)))}");

    private string Text(string name, TimeSpan used) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {used.TotalMicroseconds / Math.Max(1, Answers):0} µs");
}
