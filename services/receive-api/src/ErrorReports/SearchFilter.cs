using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What reports are looked for; null is no condition.</summary>
internal sealed record SearchFilter
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 500;
    private const int IdBytes = 16;

    // What the database can hold and reckon with.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string? MessageId { get; private init; }

    public Guid? SendId { get; private init; }

    public string? Market { get; private init; }

    public string? Feed { get; private init; }

    public string? ErrorCode { get; private init; }

    public DateTimeOffset? From { get; private init; }

    public DateTimeOffset? To { get; private init; }

    /// <summary>Only reports before this id, which is the last one of the page before.</summary>
    public byte[]? Before { get; private init; }

    public int Limit { get; private init; }

    /// <summary>Reads a query string; all its faults are told at once.</summary>
    public static (SearchFilter? Filter, IReadOnlyList<ProblemError> Faults) Parse(SearchParameters query)
    {
        var faults = new List<ProblemError>();
        var filter = new SearchFilter
        {
            MessageId = Text(query.MessageId, "messageId", 300, faults),
            SendId = Read(query.SendId, "sendId", "a UUID", text => Guid.TryParse(text, out var id) ? id : (Guid?)null, faults),
            Market = Text(query.Market, "market", 200, faults),
            Feed = Text(query.Feed, "feed", 200, faults),
            ErrorCode = Text(query.ErrorCode, "errorCode", 800, faults),
            From = Read(query.From, "from", "an instant (RFC 3339) from 1970 up to 2200", ToInstant, faults),
            To = Read(query.To, "to", "an instant (RFC 3339) from 1970 up to 2200", ToInstant, faults),
            Before = query.Cursor is null ? null : ToId(query.Cursor),
            Limit = Read(query.Limit, "limit", $"1 to {MaximumLimit}", ToLimit, faults) ?? DefaultLimit,
        };
        if (query.Cursor is not null && filter.Before is null)
        {
            faults.Add(Fault("cursor", "the next of an earlier page"));
        }

        return faults.Count == 0 ? (filter, faults) : (null, faults);
    }

    public static string CursorOf(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    private static T? Read<T>(string? text, string name, string expected, Func<string, T?> read, List<ProblemError> faults)
        where T : struct
    {
        var value = text is null ? null : read(text);
        if (text is not null && value is null)
        {
            faults.Add(Fault(name, expected));
        }

        return value;
    }

    private static string? Text(string? text, string name, int mostBytes, List<ProblemError> faults)
    {
        if (text is not null && (text.Length == 0 || Encoding.UTF8.GetByteCount(text) > mostBytes))
        {
            faults.Add(Fault(name, $"1 to {mostBytes} bytes of text"));
        }

        return text;
    }

    private static DateTimeOffset? ToInstant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant >= Earliest && instant < Latest ? instant : null;

    private static int? ToLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaximumLimit ? limit : null;

    private static byte[]? ToId(string cursor)
    {
        var id = new byte[IdBytes];
        return Base64Url.IsValid(cursor, out var length) && length == IdBytes
            && Base64Url.TryDecodeFromChars(cursor, id, out _) ? id : null;
    }

    private static ProblemError Fault(string name, string expected) => new("", "InvalidQuery", $"{name} must be {expected}.");
}
