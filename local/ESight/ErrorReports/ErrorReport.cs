using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>An error JSON ready to be posted.</summary>
internal sealed record ErrorReport(string Id, byte[] Body)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Without an id given, the id follows from the content: the same report made twice is the same bytes.</summary>
    public static ErrorReport Create(string? id, string messageId, DateTimeOffset receivedAt, ReadOnlySpan<byte> errors)
    {
        id ??= IdOf(messageId, errors);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        writer.WriteString("_id", id);
        writer.WriteStartObject("header");
        writer.WriteString("messageId", messageId);
        writer.WriteString("received_tsIso8601", receivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
        writer.WritePropertyName("errors");
        writer.WriteRawValue(errors);
        writer.WriteEndObject();
        writer.Flush();
        return new ErrorReport(id, buffer.WrittenSpan.ToArray());
    }

    // 24 hexadecimals, as the ids of e-Sight's reports look.
    private static string IdOf(string messageId, ReadOnlySpan<byte> errors) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(messageId), 0, .. errors]))[..24];
}
