using System.Globalization;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>Shows how the sample day ended.</summary>
internal static class SampleReport
{
    public static void Show(IAnsiConsole console, SampleResult result)
    {
        console.WriteLine();
        console.Write(Messages(result));
        console.Write(Rejections(result));
        console.Write(Books(result.Ledger));
        foreach (var end in result.Ends.Where(end => !end.IsExpected))
        {
            console.MarkupLineInterpolated(
                $"[red]✗[/] {end.Message.MessageId} ({end.SendId}): {end.Status.State}, {end.Rejected.Count()} readings rejected: not the expected end.");
        }

        console.MarkupLine(result.Ledger.Balanced ? "[green]✓[/] The ledger balances." : "[red]✗[/] The ledger does not balance.");
    }

    private static Table Messages(SampleResult result)
    {
        var table = new Table { Title = new TableTitle("The sample day") }
            .AddColumn("feed")
            .AddColumns(Right("messages", "readings", "delivered", "rejected"));
        foreach (var feed in result.Ends.GroupBy(end => end.Message.Meter.Feed))
        {
            AddRow(table, feed.Key, feed);
        }

        AddRow(table, "all", result.Ends);
        return table;
    }

    private static void AddRow(Table table, string name, IEnumerable<SampleEnd> ends)
    {
        SampleEnd[] all = [.. ends];
        var readings = all.Sum(end => end.Message.Readings.Count);
        var rejected = all.Sum(end => end.Rejected.Count());
        var delivered = all.Where(end => end.Status.State is "delivered" or "settled").Sum(end => end.Message.Readings.Count) - rejected;
        table.AddRow(name, Text(all.Length), Text(readings), Text(delivered), Text(rejected));
    }

    private static Table Rejections(SampleResult result)
    {
        var table = new Table { Title = new TableTitle("Rejected by e-Sight") }.AddColumn("meter").AddColumn("reason").AddColumns(
            Right("readings"));
        var groups = result.Ends.SelectMany(
            end => end.Rejected.Select(reading => (end.Message.Meter.Code, reading.ErrorCode, reading.ErrorMessage)))
            .GroupBy(row => row);
        foreach (var group in groups)
        {
            table.AddRow(
                Markup.Escape(group.Key.Code), Markup.Escape($"{group.Key.ErrorCode}: {group.Key.ErrorMessage}"), Text(group.Count()));
        }

        return table;
    }

    private static Table Books(Ledger ledger)
    {
        string[] states = [.. ledger.Total.Messages.Keys];
        var table = new Table { Title = new TableTitle("The ledger, last 24 hours") }.AddColumn("").AddColumns(Right(states));
        table.AddRow(["messages", .. states.Select(state => Text(ledger.Total.Messages[state]))]);
        table.AddRow(["readings", .. states.Select(state => Text(ledger.Total.Readings.GetValueOrDefault(state)))]);
        return table;
    }

    private static TableColumn[] Right(params IEnumerable<string> names) => [.. names.Select(name => new TableColumn(name).RightAligned())];

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
