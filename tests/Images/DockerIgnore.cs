using System.Text.RegularExpressions;
using EnergyLoad.Testing;

namespace EnergyLoad.Images.Tests;

/// <summary>.dockerignore as Docker reads it: the last pattern that matches the path or a folder above it decides.</summary>
internal sealed class DockerIgnore
{
    private readonly (bool Takes, Regex Pattern)[] _rules =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, ".dockerignore"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line[0] == '!', PatternOf(line.TrimStart('!').TrimEnd('/')))),
    ];

    /// <summary>Whether a file is part of the build context.</summary>
    public bool Takes(string path) =>
        _rules.LastOrDefault(rule => rule.Pattern.IsMatch(path), (Takes: true, Pattern: null!)).Takes;

    private static Regex PatternOf(string pattern)
    {
        var regex = Regex.Escape(pattern)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return new Regex($"^{regex}(/.*)?$");
    }
}
