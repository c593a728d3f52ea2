using System.Globalization;
using EnergyLoad.Faults.Tests.Reckoning;

namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>How one scenario went.</summary>
internal sealed record ScenarioResult(
    string Name, Verdict Verdict, TimeSpan Quiet, IReadOnlyList<string> Notes, string Statuses)
{
    private const int MostFaults = 10;

    /// <summary>One line, and one more for each promise that broke.</summary>
    public override string ToString()
    {
        var states = string.Join(
            ", ", Verdict.States.OrderByDescending(state => state.Value).Select(state => $"{state.Value} {state.Key}"));
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"accepted {Verdict.Accepted,5} ({states}), reports {Verdict.Reports,3}"),
            $"lost {Verdict.Lost.Count}, duplicates {Verdict.Duplicates} ({Verdict.AfterSilence} after silence)",
            string.Create(
                CultureInfo.InvariantCulture,
                $"quiet after {Quiet.TotalSeconds:0.0} s{string.Concat(Notes.Select(note => $"; {note}"))}; {Statuses}"),
        ];
        var lost = Verdict.Lost.Take(MostFaults).Select(fault => $"LOST {fault}");
        var broken = Verdict.Broken.Take(MostFaults).Select(fault => $"BROKEN {fault}");
        return string.Join("\n    ", [$"{(Verdict.Holds ? "✓" : "✗")} {Name,-31} {string.Join(", ", parts)}", .. lost, .. broken]);
    }
}
