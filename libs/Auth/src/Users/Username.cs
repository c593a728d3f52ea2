using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EnergyLoad.Auth.Users;

/// <summary>A user name as it is stored and compared: NFKC and lower case, so that one name cannot be had twice in two spellings.</summary>
internal readonly record struct Username
{
    public const int MaxLength = 64;

    private readonly string? _value;

    private Username(string value) => _value = value;

    /// <summary>Empty for the name that nobody has.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a name as it was typed; whatever cannot be anybody's name is read too, and then nobody has it.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Stored names are in lower case.")]
    public static Username FromTyped(string typed) =>
        new(IsWellFormed(typed) ? typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant() : "");

    /// <summary>Reads a name for a new user: 1 to 64 characters, none of them white space or invisible.</summary>
    public static bool TryCreate(string typed, out Username username)
    {
        username = FromTyped(typed);
        return username.Value.Length is > 0 and <= MaxLength && username.Value.EnumerateRunes().All(IsVisible);
    }

    public override string ToString() => Value;

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
