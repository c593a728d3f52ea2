namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>A place that secrets come from.</summary>
internal interface ISecretSource
{
    /// <summary>Whether the place keeps the version before the newest, so that its absence means that it was withdrawn.</summary>
    bool KeepsVersions { get; }

    /// <summary>Reads the newest version and, where the place keeps it and it is still enabled, the one before.</summary>
    /// <exception cref="SecretException">It is not there.</exception>
    /// <exception cref="GoogleCloudException">Google Cloud does not give it.</exception>
    /// <exception cref="IOException">The disk does not give it.</exception>
    Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct);
}
