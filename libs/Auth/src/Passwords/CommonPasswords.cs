namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// The common passwords of 15 and more characters. Published lists hold few of that length, and those are of three kinds, so the list is
/// derived and not stored: short units repeated, walks over the keyboard or the alphabet, and common words in a row.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>The words that lead the published lists, with which longer ones are made.</summary>
    public static readonly string[] Words =
    [
        "password", "passwort", "passw0rd", "passphrase", "welcome", "willkommen", "letmein", "login", "admin", "administrator", "root",
        "user", "username", "guest", "test", "testing", "secret", "default", "changeme", "change", "master", "monkey", "dragon", "football",
        "baseball", "soccer", "hockey", "princess", "sunshine", "shadow", "superman", "batman", "starwars", "michael", "jordan", "jennifer",
        "charlie", "daniel", "ashley", "jessica", "thomas", "robert", "freedom", "whatever", "trustno", "iloveyou", "iloveu", "love",
        "forever", "hello", "summer", "winter", "spring", "autumn", "monday", "friday", "january", "december", "computer",
        "internet", "server", "system", "access", "account", "company", "qwerty", "qwertz", "azerty", "abc", "correct",
        "horse", "battery", "staple", "please", "enter",
    ];

    private const int LongestUnit = 5;
    private const int ShortestStep = 3;

    // Rows and columns of keyboards, and the two orders that everybody knows.
    private static readonly string[] Paths = Both(
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm",
        "yxcvbnm", "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujmikolp",
        "zaqxswcdevfrbgtnhymjukilop",
    ]);

    /// <param name="folded">The password as <see cref="WordCover.Fold"/> gives it.</param>
    public static bool Contains(string folded) =>
        IsRepetition(folded) || IsWalk(folded) || WordCover.Leftover(folded, Words) < WordCover.LeastOwnCharacters;

    private static bool IsRepetition(string text)
    {
        for (var unit = 1; unit <= LongestUnit; unit++)
        {
            if (text.Length >= 2 * unit && text.AsSpan(unit).SequenceEqual(text.AsSpan(0, text.Length - unit)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it can be cut into pieces that each follow a path.</summary>
    private static bool IsWalk(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var step = LongestStep(text.AsSpan(at));
            if (step < Math.Min(ShortestStep, text.Length - at))
            {
                return false;
            }

            at += step;
        }

        return true;
    }

    private static int LongestStep(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var path in Paths)
        {
            while (longest < text.Length && path.AsSpan().IndexOf(text[..(longest + 1)], StringComparison.Ordinal) >= 0)
            {
                longest++;
            }
        }

        return longest;
    }

    private static string[] Both(string[] paths) => [.. paths, .. paths.Select(path => new string([.. path.Reverse()]))];
}
