namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Marks as callers read them.</summary>
internal static class Marks
{
    public static IReadOnlyList<string> Names(this ItemMarks marks) =>
        marks == ItemMarks.None
            ? []
            : [.. Enum.GetValues<ItemMarks>().Where(mark => mark != ItemMarks.None && marks.HasFlag(mark)).Select(mark => mark.ToString())];

    public static IReadOnlyList<string> Names(this ReportMarks marks) =>
        marks == ReportMarks.None
            ? []
            : [.. Enum.GetValues<ReportMarks>().Where(mark => mark != ReportMarks.None && marks.HasFlag(mark)).Select(NameOf)];

    // The spelling of the service that this one replaces: dashboards filter by it.
    private static string NameOf(ReportMarks mark) =>
        mark == ReportMarks.MalformedMessageId ? "MalformedMessage_id" : mark.ToString();
}
