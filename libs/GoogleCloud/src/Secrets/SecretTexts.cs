using EnergyLoad.GoogleCloud.Secrets.Sources;

namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>What one reading of a source gave.</summary>
/// <param name="Current">The newest version.</param>
/// <param name="Previous">The one before; null when there is none.</param>
/// <param name="KeepsPrevious">Whether its absence means that it was withdrawn.</param>
internal sealed record SecretTexts(SecretText Current, SecretText? Previous, bool KeepsPrevious)
{
    public static SecretTexts Of(IReadOnlyList<SecretText> versions, bool keepsVersions)
    {
        var newest = versions[0];
        if (SecretJson.Unwrap(newest.Json) is { } pair)
        {
            var previous = pair.Previous is { } json ? new SecretText($"{newest.Version}, previous", json) : null;
            return new SecretTexts(newest with { Json = pair.Current }, previous, KeepsPrevious: true);
        }

        return new SecretTexts(newest, versions.Count > 1 ? versions[1] : null, keepsVersions);
    }
}
