using System.Globalization;

namespace EnergyLoad.Bench;

/// <summary>What a load came to.</summary>
/// <param name="Answers">Requests answered as they should be.</param>
/// <param name="Duration">In what time.</param>
/// <param name="Costs">Processor time of each watched process in that time: it says more than the rate when the machine has other work.</param>
/// <param name="Times">How long each answer took; nothing where nobody waited for one.</param>
internal sealed record LoadResult(
    int Answers, TimeSpan Duration, IReadOnlyList<(string Name, TimeSpan Used)> Costs, IReadOnlyCollection<TimeSpan> Times)
{
    /// <summary>The time that 99 of 100 requests stayed under.</summary>
    public TimeSpan Slowest { get; } = Times.Order().ElementAtOrDefault(Times.Count * 99 / 100);

    public double PerSecond => Answers / Duration.TotalSeconds;

    /// <summary>What several turns of one load came to.</summary>
    public static LoadResult Together(IReadOnlyCollection<LoadResult> turns) => new(
        turns.Sum(turn => turn.Answers),
        turns.Aggregate(TimeSpan.Zero, (sum, turn) => sum + turn.Duration),
        [.. turns.SelectMany(turn => turn.Costs).GroupBy(cost => cost.Name, (name, costs) => (name, Sum(costs)))],
        [.. turns.SelectMany(turn => turn.Times)]);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:#,0}/s, p99 {Slowest.TotalMilliseconds:0} ms; processor time a request: {string.Join(", ", Costs.Select(cost => Text($"{cost.Name}", cost.Used)))}");

    private static TimeSpan Sum(IEnumerable<(string Name, TimeSpan Used)> costs) =>
        costs.Aggregate(TimeSpan.Zero, (sum, cost) => sum + cost.Used);

    private string Text(string name, TimeSpan used) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {used.TotalMicroseconds / Math.Max(1, Answers):0} µs");
}
