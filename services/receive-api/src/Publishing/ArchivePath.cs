using System.Buffers;
using System.Globalization;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Where a raw report lies in the archive: the path that it has always had.</summary>
internal static class ArchivePath
{
    private const int MaximumPart = 250;
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The usual path; with the report's own id in it when the name alone may be that of another report, too.</summary>
    public static string Of(string prefix, ReportRow report) =>
        report.Revision == 1 && IsUnambiguous(report.EsightId) && IsUnambiguous(report.MessageId ?? "")
            ? $"{StartOf(prefix, report)}.json"
            : OfReport(prefix, report);

    /// <summary>A path that no other report can have: evidence must not overwrite evidence.</summary>
    public static string OfReport(string prefix, ReportRow report) => $"{StartOf(prefix, report)}__report__{report.ReportId}.json";

    private static string StartOf(string prefix, ReportRow report)
    {
        var folder = report is { Feed: { } feed, Market: { } market } ? $"{feed}/{market}" : "MalformedMessage_id";
        var day = report.ReceivedAt.UtcDateTime.ToString("yyyy/M/d", CultureInfo.InvariantCulture);
        return $"{prefix}/{folder}/{day}/e-sightId__{Safe(report.EsightId)}__messageId__{Safe(report.MessageId ?? "")}";
    }

    // A replaced character, a cut part, or the separator within an id can make one name of two.
    private static bool IsUnambiguous(string text) =>
        text.Length <= MaximumPart && !text.AsSpan().ContainsAnyExcept(Plain)
        && !text.Contains("__", StringComparison.Ordinal);

    // What others wrote must not make folders, nor anything that a name cannot hold.
    private static string Safe(string text)
    {
        var name = text.Length > MaximumPart ? text[..MaximumPart] : text;
        return name.AsSpan().ContainsAnyExcept(Plain)
            ? string.Create(name.Length, name, static (safe, written) => written.AsSpan().ReplaceAnyExcept(safe, Plain, '_'))
            : name;
    }
}
