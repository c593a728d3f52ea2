using System.Globalization;
using System.Text;
using EnergyLoad.Testing;
using Spectre.Console;

namespace EnergyLoad.Bench.Reporting;

/// <summary>Shows the figures, says what got worse, and keeps the last of each in bench/results.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["figure", "unit", "ours", "against", "ratio", "limit", "holds", "commit"];

    /// <returns>The exit code: 1 when a figure does not hold its limit.</returns>
    public static async Task<int> WriteAsync(IReadOnlyList<Figure> figures)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "bench", "results")).FullName;
        var json = Path.Combine(folder, "latest.json");
        var (machine, commit, now) = (Origin.Machine(), await Origin.CommitAsync(), TimeProvider.System.GetUtcNow());
        var last = await Kept.ReadAsync(json, machine);
        var changes = Describe(last.ChangesTo(figures));
        KeptFigure[] measured = [.. figures.Select(figure => new KeptFigure(figure, commit, now))];
        var kept = last.With(measured);

        Show(measured);
        Console.WriteLine(changes);
        await kept.WriteAsync(json);
        await File.WriteAllTextAsync(Path.Combine(folder, "latest.md"), $"{machine}\n\n{ToMarkdown(kept.Figures)}\n{changes}\n");
        return figures.All(figure => figure.Holds) ? 0 : 1;
    }

    private static void Show(IReadOnlyList<KeptFigure> figures)
    {
        var table = new Table().AddColumns(Columns);
        foreach (var figure in figures)
        {
            table.AddRow(CellsOf(figure));
        }

        AnsiConsole.Write(table);
    }

    private static string ToMarkdown(IReadOnlyList<KeptFigure> figures)
    {
        var markdown = new StringBuilder($"| {string.Join(" | ", Columns)} |\n|{string.Concat(Columns.Select(_ => "---|"))}\n");
        foreach (var figure in figures)
        {
            markdown.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", CellsOf(figure))} |\n");
        }

        return markdown.ToString();
    }

    private static string Describe(IReadOnlyList<Change> changes)
    {
        if (changes.Count == 0)
        {
            return "Nothing to compare with: none of these figures was measured before on this machine.";
        }

        var worse = changes.Where(change => change.IsWorse).ToList();
        return worse.Count == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Of {changes.Count} figures measured before, none got worse by more than the noise ({Change.Noise:P0}).")
            : string.Join('\n', worse.Select(Describe));
    }

    private static string Describe(Change change) => string.Create(
        CultureInfo.InvariantCulture,
        $"Worse by more than the noise ({Change.Noise:P0}): {change.Now.Name}, {change.Before.Figure.Ratio:0.00} at {change.Before.Commit} to {change.Now.Ratio:0.00} ({change.Gain:P0})");

    private static string[] CellsOf(KeptFigure kept)
    {
        var figure = kept.Figure;
        return
        [
            figure.Name, figure.Unit, Text(figure.Ours), Text(figure.Against), figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
            figure.Limit.ToString("0.00", CultureInfo.InvariantCulture), figure.Holds ? "yes" : "NO", kept.Commit,
        ];
    }

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
