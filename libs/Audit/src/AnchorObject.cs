using System.Globalization;

namespace EnergyLoad.Audit;

/// <summary>The heads of all lanes at one moment, sealed.</summary>
/// <param name="Name">Name for the object, unique and in order of time; it has slashes.</param>
/// <param name="Content">The object: one JSON document in UTF-8.</param>
public sealed record AnchorObject(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the names of one day's anchors start with.</summary>
    /// <param name="day">Any instant of the day, in UTC.</param>
    public static string PrefixOf(DateTimeOffset day) =>
        string.Create(CultureInfo.InvariantCulture, $"audit-anchors/{day.UtcDateTime:yyyy'/'MM'/'dd}/");

    internal static string NameOf(DateTimeOffset at, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(at)}{at.UtcDateTime:HHmmss'Z'}-{number:D12}.json");
}
