namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>Stands for a secret whose source was not configured.</summary>
internal sealed class MissingSource(string secret) : ISecretSource
{
    public bool KeepsVersions => false;

    public Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct) =>
        throw new SecretException(
            $"{SecretsOptions.Section}:{nameof(SecretsOptions.Sources)}:{secret} is required: one of {SourceAddress.Forms}");
}
