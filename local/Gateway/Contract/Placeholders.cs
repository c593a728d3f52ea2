using System.Text.RegularExpressions;

namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>The plain substitution of <c>${NAME}</c> that deploying does too.</summary>
internal static partial class Placeholders
{
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new ContractException($"The placeholder {match.Value} has no value."));

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
