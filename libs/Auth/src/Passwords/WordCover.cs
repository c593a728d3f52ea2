using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// How much of a password is somebody's own: what is left when known words, and the digits and signs that people put between them, are
/// taken out.
/// </summary>
internal static class WordCover
{
    /// <summary>Fewer characters of one's own than this do not make a password.</summary>
    public const int LeastOwnCharacters = 5;

    // Years and counters are put behind words; more digits than a year has are somebody's own.
    private const int FreeDigits = 4;

    /// <summary>The form in which passwords and words are compared.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "The word lists are in lower case.")]
    public static string Fold(string text) => text.ToLowerInvariant();

    /// <summary>
    /// The smallest number of characters that a choice of the words leaves uncovered; four digits, and signs, are not counted.
    /// </summary>
    public static int Leftover(string folded, string[] words)
    {
        var text = Unleet(folded);

        // least[digits]: for the part read so far, with that many of its digits let go.
        var least = new int[text.Length + 1][];
        least[0] = new int[FreeDigits + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            least[end] = Extend(least[end - 1], folded[end - 1]);
            foreach (var word in words)
            {
                if (Ends(folded, end, word) || Ends(text, end, word))
                {
                    Improve(least[end], least[end - word.Length]);
                }
            }
        }

        return least[^1].Min();
    }

    private static int[] Extend(int[] before, char next)
    {
        var isDigit = char.IsAsciiDigit(next);
        var cost = isDigit || char.IsLetter(next) || char.IsSurrogate(next) ? 1 : 0;
        var after = Array.ConvertAll(before, least => least + cost);
        for (var let = 1; isDigit && let <= FreeDigits; let++)
        {
            after[let] = Math.Min(after[let], before[let - 1]);
        }

        return after;
    }

    private static void Improve(int[] least, int[] covered)
    {
        for (var let = 0; let <= FreeDigits; let++)
        {
            least[let] = Math.Min(least[let], covered[let]);
        }
    }

    private static bool Ends(string text, int end, string word) =>
        word.Length <= end && text.AsSpan(end - word.Length, word.Length).SequenceEqual(word);

    // The usual digits and signs for letters.
    private static string Unleet(string text) => new StringBuilder(text)
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't')
        .Replace('@', 'a').Replace('$', 's').Replace('!', 'i')
        .ToString();
}
