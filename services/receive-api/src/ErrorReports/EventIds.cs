using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>
/// The ids of what is told about a report, made from what is told: the same refusal has the same id in every revision and from every
/// instance, so that nobody who remembers ids takes it twice.
/// </summary>
internal static class EventIds
{
    private const int UsualInput = 512;

    /// <summary>
    /// One id per item, in their order; twins are told apart by their number. A report without items has one id of its own.
    /// </summary>
    public static IReadOnlyList<Guid> Of(ErrorReport report)
    {
        if (report.Items.Count == 0)
        {
            return [OfReceipt(report.EsightId, report.MessageId)];
        }

        var seen = new Dictionary<Guid, int>(report.Items.Count);
        return [.. report.Items.Select(item =>
        {
            var hash = HashOf(
                "item", report.EsightId, report.MessageId,
                item.ErrorCode, item.ErrorMessage, item.DatapointKey, item.Value, item.TsIso8601);
            var content = new Guid(hash.AsSpan(0, 16));
            var number = seen.GetValueOrDefault(content);
            seen[content] = number + 1;
            return Numbered(hash, number);
        })];
    }

    /// <summary>The id of the news that a message arrived, which is all that a report without items tells.</summary>
    public static Guid OfReceipt(string esightId, string? messageId) => Numbered(HashOf("receipt", esightId, messageId), 0);

    // Each part is led by its length, so that moving a character from one to the next makes another hash.
    private static byte[] HashOf(params ReadOnlySpan<string?> parts)
    {
        var input = new ArrayBufferWriter<byte>(UsualInput);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(input.GetSpan(sizeof(int)), part is null ? -1 : Encoding.UTF8.GetByteCount(part));
            input.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(part, input);
        }

        return SHA256.HashData(input.WrittenSpan);
    }

    // A UUID of version 8 (RFC 9562, section 5.8).
    private static Guid Numbered(ReadOnlySpan<byte> content, int number)
    {
        Span<byte> input = stackalloc byte[SHA256.HashSizeInBytes + sizeof(int)];
        content.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[SHA256.HashSizeInBytes..], number);
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true);
    }
}
