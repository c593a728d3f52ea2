using EnergyLoad.Auth.Users;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// Which new passwords are refused (NIST SP 800-63B-4, section 3.1.1.2): too short, common, or made of words of the context. No rules of
/// composition.
/// </summary>
internal sealed class PasswordPolicy(IOptions<AuthOptions> options)
{
    public const int MinLength = 15;
    public const int MaxLength = 1024;

    // Shorter parts of names occur in ordinary words.
    private const int ShortestContextWord = 3;

    private static readonly string[] ProductWords = ["energyload", "energy", "load", "esight", "sight", "edm", "gateway", "backoffice"];

    private readonly string[] _contextWords =
    [
        .. ProductWords.Concat(options.Value.Passwords.ContextWords).Select(WordCover.Fold)
            .Where(word => word.Length >= ShortestContextWord),
    ];

    /// <summary>Why the password is refused for the user of that name; null when it may be used.</summary>
    public PasswordFault? FaultOf(string password, Username username)
    {
        if (!PasswordText.IsWellFormed(password))
        {
            return new PasswordFault("PasswordCharacters", "The password holds control characters or broken Unicode.");
        }

        var normalised = PasswordText.Normalize(password);
        return PasswordText.LengthOf(normalised) switch
        {
            < MinLength => new PasswordFault("PasswordTooShort", $"The password needs at least {MinLength} characters."),
            > MaxLength => new PasswordFault("PasswordTooLong", $"The password has more than {MaxLength} characters."),
            _ => FaultOfWords(WordCover.Fold(normalised), username),
        };
    }

    private PasswordFault? FaultOfWords(string folded, Username username)
    {
        if (CommonPasswords.Contains(folded))
        {
            return new PasswordFault(
                "PasswordCommon", "The password is on the list of common ones: repetitions, keyboard walks, common words in a row.");
        }

        var name = WordCover.Fold(username.Value);
        var words = name.Length >= ShortestContextWord ? _contextWords.Append(name) : _contextWords;
        return WordCover.Leftover(folded, [.. words, .. CommonPasswords.Words]) < WordCover.LeastOwnCharacters
            ? new PasswordFault("PasswordOfContext", "The password is made of the product's, the company's or the user's own name.")
            : null;
    }
}
