namespace EnergyLoad.Local.Google.Secrets;

/// <summary>A secret as it is on disk.</summary>
/// <param name="Name">projects/P/secrets/S.</param>
/// <param name="Seed">The text that the settings gave it last, so that another text there becomes a new version.</param>
/// <param name="Versions">In the order of their numbers, from 1.</param>
internal sealed record StoredSecret(string Name, string? Seed, IReadOnlyList<StoredVersion> Versions)
{
    public override string ToString() => Name;
}
