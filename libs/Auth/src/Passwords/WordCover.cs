using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyLoad.Auth.Passwords;

/// <summary>How much of a password is somebody's own: what is left when known words, and the digits and signs that people put between them, are taken out.</summary>
internal static class WordCover
{
    /// <summary>Fewer characters of one's own than this do not make a password.</summary>
    public const int LeastOwnCharacters = 5;

    // Years and counters are put behind words; a longer run of digits is somebody's own.
    private const int LongestFreeDigits = 4;

    /// <summary>The form in which passwords and words are compared.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "The word lists are in lower case.")]
    public static string Fold(string text) => text.ToLowerInvariant();

    /// <summary>The smallest number of characters that a choice of the words leaves uncovered.</summary>
    public static int Leftover(string folded, string[] words)
    {
        var text = Unleet(folded);
        var least = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            least[end] = least[end - 1] + CostOf(folded, end - 1);
            foreach (var word in words)
            {
                if (Ends(folded, end, word) || Ends(text, end, word))
                {
                    least[end] = Math.Min(least[end], least[end - word.Length]);
                }
            }
        }

        return least[^1];
    }

    private static bool Ends(string text, int end, string word) =>
        word.Length <= end && text.AsSpan(end - word.Length, word.Length).SequenceEqual(word);

    private static int CostOf(string text, int at)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            return RunOfDigits(text, at) <= LongestFreeDigits ? 0 : 1;
        }

        return char.IsLetter(text[at]) || char.IsSurrogate(text[at]) ? 1 : 0;
    }

    private static int RunOfDigits(string text, int at)
    {
        var (start, end) = (at, at);
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start;
    }

    // The usual digits and signs for letters.
    private static string Unleet(string text) => new StringBuilder(text)
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's').Replace('!', 'i')
        .ToString();
}
