using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing;
using Spectre.Console;

namespace EnergyLoad.Bench;

/// <summary>Shows the figures, and keeps them beside the code.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["figure", "unit", "ours", "against", "ratio", "limit", "holds"];
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The exit code: 1 when a figure does not hold its limit.</returns>
    public static int Write(IReadOnlyList<Figure> figures)
    {
        var table = new Table().AddColumns(Columns);
        var markdown = new StringBuilder($"| {string.Join(" | ", Columns)} |\n|---|---|---|---|---|---|---|\n");
        foreach (var figure in figures)
        {
            var cells = CellsOf(figure);
            table.AddRow(cells);
            markdown.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }

        AnsiConsole.Write(table);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "bench", "results")).FullName;
        var machine = $"{Environment.ProcessorCount} processors, {Environment.OSVersion.Platform}, .NET {Environment.Version}";
        File.WriteAllText(Path.Combine(folder, "latest.md"), $"{machine}\n\n{markdown}");
        File.WriteAllText(Path.Combine(folder, "latest.json"), JsonSerializer.Serialize(new { machine, figures }, Indented));
        return figures.All(figure => figure.Holds) ? 0 : 1;
    }

    private static string[] CellsOf(Figure figure) =>
    [
        figure.Name, figure.Unit, Text(figure.Ours), Text(figure.Against),
        figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture), figure.Limit.ToString("0.00", CultureInfo.InvariantCulture), figure.Holds ? "yes" : "NO",
    ];

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
