namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>Finds the source of each secret in the configuration.</summary>
internal sealed class SecretSources(SecretsOptions options, SecretManager secrets, StorageBucket storage, KmsKey kms)
{
    public ISecretSource For(string secret)
    {
        if (!options.Sources.TryGetValue(secret, out var text) || SourceAddress.Parse(text) is not { } address)
        {
            return new MissingSource(secret);
        }

        return address.Kind switch
        {
            SourceKind.SecretManager => new SecretManagerSource(secrets, address.Path),
            SourceKind.KmsObject => new KmsObjectSource(storage, kms, options.KmsKey ?? "", address.ToLocation(), address.Member),
            SourceKind.File => new FileSource(address.Path),
            SourceKind.Environment => new EnvironmentSource(address.Path),
        };
    }
}
