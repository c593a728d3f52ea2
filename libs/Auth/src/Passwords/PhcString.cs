using System.Globalization;

namespace EnergyLoad.Auth.Passwords;

/// <summary>A stored argon2id hash: <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>, both in base64 without padding.</summary>
internal sealed record PhcString(Argon2Parameters Parameters, byte[] Salt, byte[] Hash)
{
    private const int MaxLength = 512;

    /// <summary>Reads a stored hash. Whatever is not exactly of this form, or costs more than the ceiling, is not one.</summary>
    public static bool TryParse(string? text, out PhcString phc)
    {
        phc = null!;
        if (text is null || text.Length > MaxLength || text.Split('$') is not ["", "argon2id", "v=19", var costs, var salt, var hash])
        {
            return false;
        }

        if (!TryReadCosts(costs, out var parameters) || parameters.Exceeds(Argon2Parameters.Ceiling))
        {
            return false;
        }

        if (TryDecode(salt) is not { Length: >= 8 and <= 64 } saltBytes || TryDecode(hash) is not { Length: >= 16 and <= 64 } hashBytes)
        {
            return false;
        }

        phc = new PhcString(parameters, saltBytes, hashBytes);
        return true;
    }

    /// <summary>The stored form; the record's own text is never this, so that a hash cannot slip into a log.</summary>
    public string ToStored() => string.Create(
        CultureInfo.InvariantCulture,
        $"$argon2id$v=19$m={Parameters.MemoryKib},t={Parameters.Passes},p={Parameters.Lanes}{SaltAndHash}");

    /// <summary>The last two parts of the stored form.</summary>
    public string SaltAndHash => $"${Encode(Salt)}${Encode(Hash)}";

    public override string ToString() => nameof(PhcString);

    private static bool TryReadCosts(string text, out Argon2Parameters parameters)
    {
        parameters = default;
        if (text.Split(',') is not [var m, var t, var p]
            || !TryReadCost(m, "m=", out var memory) || !TryReadCost(t, "t=", out var passes) || !TryReadCost(p, "p=", out var lanes))
        {
            return false;
        }

        parameters = new Argon2Parameters(memory, passes, lanes);
        // RFC 9106, section 3.1: at least 8 KiB for each lane.
        return memory >= 8 * lanes;
    }

    private static bool TryReadCost(string text, string prefix, out int value)
    {
        value = 0;
        return text.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value > 0;
    }

    private static byte[]? TryDecode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
