using System.Globalization;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace EnergyLoad.Audit.Reading;

/// <summary>The reading route's parameters as they came.</summary>
internal sealed record AuditQuery
{
    private const int LargestPage = 500;
    private const int DefaultPage = 100;
    private const int LongestUser = 50;
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    [FromQuery]
    public string? Type { get; init; }

    [FromQuery]
    public string? User { get; init; }

    [FromQuery]
    public string? From { get; init; }

    [FromQuery]
    public string? To { get; init; }

    [FromQuery]
    public string? Cursor { get; init; }

    [FromQuery]
    public string? Limit { get; init; }

    /// <summary>What was asked for, and every fault in it.</summary>
    public AuditFilter Parse(out IReadOnlyList<ProblemError> errors)
    {
        var faults = new List<ProblemError>();
        var filter = new AuditFilter(
            Take("type", Type, TypeNumber, "a name of an event type", faults),
            User,
            Take("from", From, Time, "an RFC 3339 time with its offset", faults),
            Take("to", To, Time, "an RFC 3339 time with its offset", faults),
            Take("cursor", Cursor, AuditCursor.Read, "next of the page before", faults),
            Take("limit", Limit, PageSize, $"a number from 1 to {LargestPage}", faults) ?? DefaultPage);
        if (User is { Length: > LongestUser })
        {
            faults.Add(new ProblemError("", "InvalidQuery", $"user must be at most {LongestUser} characters."));
        }

        errors = faults;
        return filter;
    }

    private static T? Take<T>(string name, string? text, Func<string, T?> read, string rule, List<ProblemError> faults)
        where T : struct
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            faults.Add(new ProblemError("", "InvalidQuery", $"{name} must be {rule}."));
        }

        return value;
    }

    private static int? TypeNumber(string name) => AuditEventType.All.FirstOrDefault(type => type.Name == name)?.Number;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year is > 1970 and < 9999
            ? time
            : null;

    private static int? PageSize(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestPage ? size : null;
}
