using System.Globalization;
using System.Text;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// How a password is read: in NFKC (NIST SP 800-63B-4, section 3.1.1.2), so that one typed composed or decomposed is the same.
/// </summary>
internal static class PasswordText
{
    public static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);

    /// <summary>Length in Unicode code points, as NIST counts.</summary>
    public static int LengthOf(string normalised) => normalised.EnumerateRunes().Count();

    /// <summary>Whether it can be hashed faithfully: no lone surrogate, no control character that a keyboard cannot repeat.</summary>
    public static bool IsWellFormed(string password)
    {
        for (var i = 0; i < password.Length; i += char.IsSurrogatePair(password, i) ? 2 : 1)
        {
            if (!Rune.TryGetRuneAt(password, i, out var rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)
            {
                return false;
            }
        }

        return true;
    }
}
