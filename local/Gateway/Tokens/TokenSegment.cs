using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>One of the three parts of a token.</summary>
internal static class TokenSegment
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Decodes base64url without padding; .NET's decoder alone would also take padding and white space.</summary>
    public static bool TryDecode(ReadOnlySpan<char> segment, out byte[] bytes)
    {
        bytes = [];
        if (segment.ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(segment))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(segment);
        return true;
    }

    /// <summary>The JSON object; null when it is none.</summary>
    public static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Said by the null.
        }

        return null;
    }
}
