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
        var (current, previous) = SecretJson.Unwrap(versions[0].Json);
        var newest = versions[0] with { Json = current };
        return previous is { } inside
            ? new SecretTexts(newest, new SecretText($"{newest.Version}, previous", inside), KeepsPrevious: true)
            : new SecretTexts(newest, versions.Count > 1 ? versions[1] : null, keepsVersions);
    }
}
