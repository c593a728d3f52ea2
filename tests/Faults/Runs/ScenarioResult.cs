using System.Globalization;
using EnergyLoad.Faults.Tests.Reckoning;

namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>How one scenario went.</summary>
internal sealed record ScenarioResult(string Name, Verdict Verdict, TimeSpan Quiet, IReadOnlyList<string> Notes, string Statuses)
{
    /// <summary>One line, and one more for each promise that broke.</summary>
    public override string ToString()
    {
        var states = string.Join(", ", Verdict.States.OrderByDescending(state => state.Value).Select(state => $"{state.Value} {state.Key}"));
        var line = string.Create(CultureInfo.InvariantCulture, $"""
            {(Verdict.Holds ? "✓" : "✗")} {Name,-31} accepted {Verdict.Accepted,5} ({states}), reports {Verdict.Reports,3}, lost {Verdict.Lost.Count}, duplicates {Verdict.Duplicates} ({Verdict.AfterSilence} after silence), quiet after {Quiet.TotalSeconds:0.0} s{string.Concat(Notes.Select(note => $"; {note}"))}; {Statuses}
            """);
        return string.Join("\n    ", [line, .. Verdict.Lost.Take(10).Select(lost => $"LOST {lost}"), .. Verdict.Broken.Take(10).Select(broken => $"BROKEN {broken}")]);
    }
}
