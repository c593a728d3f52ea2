namespace EnergyLoad.GoogleCloud;

/// <summary>The bytes of one version of a secret.</summary>
/// <param name="Name">Full resource name of the version.</param>
/// <param name="Data">The secret itself, at most 64 KiB.</param>
public sealed record SecretPayload(string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(SecretPayload)} of {Name}";
}
