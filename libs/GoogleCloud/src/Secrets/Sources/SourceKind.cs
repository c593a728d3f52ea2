namespace EnergyLoad.GoogleCloud.Secrets.Sources;

internal enum SourceKind
{
    SecretManager,
    KmsObject,
    File,
    Environment,
}
