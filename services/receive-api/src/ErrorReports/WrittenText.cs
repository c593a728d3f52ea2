using System.Text;
using System.Text.Json;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A member's value as it was written, cut to what its column holds.</summary>
/// <param name="Value">The text; null when the member is absent or null.</param>
/// <param name="IsOdd">The value is not of the kind that the member has.</param>
/// <param name="IsCut">The text is longer in the report.</param>
internal readonly record struct WrittenText(string? Value, bool IsOdd, bool IsCut)
{
    /// <summary>
    /// Reads the value that starts here: a string's characters, and every other value's own bytes, so that no number is rounded.
    /// </summary>
    public static WrittenText From(ref StrictJsonReader reader, int limitBytes, JsonTokenType alsoPlain = JsonTokenType.String)
    {
        var kind = reader.TokenType;
        if (kind == JsonTokenType.Null)
        {
            return default;
        }

        var text = kind == JsonTokenType.String ? reader.Text : Encoding.UTF8.GetString(reader.Skip());
        var cut = Cut(text, limitBytes);
        return new WrittenText(cut, kind != JsonTokenType.String && kind != alsoPlain, cut.Length < text.Length);
    }

    private static string Cut(string text, int limitBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= limitBytes)
        {
            return text;
        }

        var (chars, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > limitBytes)
            {
                break;
            }

            chars += rune.Utf16SequenceLength;
        }

        return text[..chars];
    }
}
