using System.Buffers.Text;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>Which messages are looked for; null is no condition.</summary>
internal sealed record SearchFilter
{
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 500;

    // Those that ask for one instant read the messages' bytes.
    public const int MaximumLimitAtInstant = 50;

    private const int IdBytes = 16;

    /// <summary>Only this sender's messages, whatever else is asked for: what a sender may see.</summary>
    public string? Owner { get; init; }

    public string? MessageId { get; init; }

    public string? Sender { get; init; }

    public string? Market { get; init; }

    public string? Feed { get; init; }

    public string? Site { get; init; }

    public string? Meter { get; init; }

    public DateTimeOffset? At { get; init; }

    public MessageState? State { get; init; }

    public string? Reason { get; init; }

    public string? ErrorCode { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Only messages before this id, which is the last one of the page before.</summary>
    public byte[]? Before { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Reads a query; its faults are told to <paramref name="reading"/>.</summary>
    public static SearchFilter Read(SearchParameters query, string? owner, QueryReading reading)
    {
        var at = reading.Instant("at", query.At);
        if (query.At is not null && query.Meter is null)
        {
            reading.Refuse("at", "asked for together with meter");
        }

        var before = query.Cursor is null ? null : ToId(query.Cursor);
        if (query.Cursor is not null && before is null)
        {
            reading.Refuse("cursor", "the next of an earlier page");
        }

        var limit = reading.Number("limit", query.Limit, MaximumLimit) ?? DefaultLimit;
        return new SearchFilter
        {
            Owner = owner,
            MessageId = reading.Text("messageId", query.MessageId, 300),
            Sender = reading.Text("sender", query.Sender, 256),
            Market = reading.Text("market", query.Market, MessageLimits.TextBytes),
            Feed = reading.Text("feed", query.Feed, MessageLimits.TextBytes),
            Site = reading.Text("site", query.Site, 2 * MessageLimits.TextBytes),
            Meter = reading.Text("meter", query.Meter, MessageLimits.TextBytes),
            At = at,
            State = reading.Word<MessageState>("state", query.State),
            Reason = reading.Word<ReasonCode>("reason", query.Reason)?.ToString(),
            ErrorCode = reading.Text("errorCode", query.ErrorCode, 800),
            From = reading.Instant("from", query.From),
            To = reading.Instant("to", query.To),
            Before = before,
            Limit = at is null ? limit : Math.Min(limit, MaximumLimitAtInstant),
        };
    }

    public static string CursorOf(byte[] lastId) => Base64Url.EncodeToString(lastId);

    private static byte[]? ToId(string cursor)
    {
        var id = new byte[IdBytes];
        return Base64Url.IsValid(cursor, out var length) && length == IdBytes
            && Base64Url.TryDecodeFromChars(cursor, id, out _) ? id : null;
    }
}
