namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>What a secret holds at one moment, and the JSON that its current version was read from.</summary>
internal sealed class SecretVersions<T>(SecretVersion<T> current, SecretVersion<T>? previous, ReadOnlyMemory<byte> json)
    where T : class
{
    public SecretVersion<T> Current => current;

    public SecretVersion<T>? Previous => previous;

    public ReadOnlyMemory<byte> Json => json;
}
