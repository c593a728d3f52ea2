namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>The JSON of one version of a secret, as a source gives it.</summary>
internal sealed record SecretText(string Version, ReadOnlyMemory<byte> Json)
{
    public override string ToString() => $"{nameof(SecretText)} of version {Version}";
}
