namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>A table of text, as wide as its cells.</summary>
internal static class Columns
{
    public static void Write(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        }
    }
}
