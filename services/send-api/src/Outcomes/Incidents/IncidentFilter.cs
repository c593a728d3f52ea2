using System.Buffers.Binary;
using System.Buffers.Text;

namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>Incidents as they are asked for in the query string.</summary>
internal sealed record IncidentParameters(
    string? Market, string? Feed, string? Meter, string? ErrorCode, string? From, string? To, string? Cursor, string? Limit);

/// <summary>Which incidents are looked for; null is no condition.</summary>
internal sealed record IncidentFilter(
    string? Market,
    string? Feed,
    string? Meter,
    string? ErrorCode,
    DateTimeOffset? From,
    DateTimeOffset? To,
    DateTimeOffset? BeforeAt,
    byte[]? BeforeId,
    int Limit)
{
    private const int IdBytes = 16;
    private const int MaximumLimit = 500;
    private const int DefaultLimit = 100;

    public static IncidentFilter Read(IncidentParameters query, QueryReading reading)
    {
        var cursor = query.Cursor is null ? null : ToCursor(query.Cursor);
        if (query.Cursor is not null && cursor is null)
        {
            reading.Refuse("cursor", "the next of an earlier page");
        }

        return new IncidentFilter(
            reading.Text("market", query.Market, 200),
            reading.Text("feed", query.Feed, 200),
            reading.Text("meter", query.Meter, 200),
            reading.Text("errorCode", query.ErrorCode, 800),
            reading.Instant("from", query.From),
            reading.Instant("to", query.To),
            cursor?.At,
            cursor?.Id,
            reading.Number("limit", query.Limit, MaximumLimit) ?? DefaultLimit);
    }

    public static string CursorOf(DateTimeOffset lastSeen, byte[] id)
    {
        var bytes = new byte[sizeof(long) + IdBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, lastSeen.UtcTicks);
        id.CopyTo(bytes, sizeof(long));
        return Base64Url.EncodeToString(bytes);
    }

    private static (DateTimeOffset At, byte[] Id)? ToCursor(string text)
    {
        var bytes = new byte[sizeof(long) + IdBytes];
        if (!Base64Url.IsValid(text, out var length) || length != bytes.Length || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0
            && ticks <= DateTimeOffset.MaxValue.UtcTicks ? (new DateTimeOffset(ticks, TimeSpan.Zero), bytes[sizeof(long)..]) : null;
    }
}
