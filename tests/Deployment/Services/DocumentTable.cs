using System.Text.RegularExpressions;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Rows of a table in docs/ whose first cell is a name in backquotes.</summary>
internal static partial class DocumentTable
{
    /// <summary>The rows of every table of a document whose first cell starts so; the cells without the name's backquotes.</summary>
    public static IReadOnlyList<string[]> Rows(string document, Func<string, bool> isWanted) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", document))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => Bar().Split(line.Trim().Trim('|')).Select(cell => cell.Trim()).ToArray())
            .Where(cells => isWanted(cells[0].Trim('`')))
            .SelectMany(cells => Expand(cells[0].Trim('`')).Select(name => (string[])[name, .. cells[1..]])),
    ];

    // As a shell does: a:{b,c}:d is a:b:d and a:c:d.
    private static IEnumerable<string> Expand(string name) => Braces().Match(name) is { Success: true } braces
        ? braces.Groups[1].Value.Split(',').Select(word => name.Replace(braces.Value, word, StringComparison.Ordinal))
        : [name];

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Braces();
}
