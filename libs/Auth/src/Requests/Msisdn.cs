using Microsoft.Extensions.Primitives;

namespace EnergyLoad.Auth.Requests;

/// <summary>
/// The phone number that a client claims, in E.164: a plus sign (which may be left out) and 7 to 15 digits, the first of them not 0.
/// </summary>
internal static class Msisdn
{
    public static string? TryRead(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } text)
        {
            return null;
        }

        var digits = text.AsSpan().Trim();
        digits = digits.StartsWith('+') ? digits[1..] : digits;
        return digits.Length is >= 7 and <= 15 && digits[0] != '0' && !digits.ContainsAnyExceptInRange('0', '9') ? $"+{digits}" : null;
    }
}
