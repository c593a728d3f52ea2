namespace EnergyLoad.GoogleCloud;

/// <summary>Where the secrets are: section <c>Secrets</c>, validated at start.</summary>
public sealed class SecretsOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Secrets";

    /// <summary>
    /// The source of each secret by name:
    /// <c>secretmanager:NAME</c> (or a full resource name), <c>kms-gcs:gs://BUCKET/OBJECT</c> or <c>kms-gcs:gs://BUCKET/OBJECT#MEMBER</c>,
    /// <c>file:PATH</c>, <c>env:VARIABLE</c>. Each holds JSON: the secret itself, or <c>{"current": …, "previous": …}</c>.
    /// </summary>
    public IDictionary<string, string> Sources { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Full resource name of the key that decrypts <c>kms-gcs</c> objects; null when none is used.</summary>
    public string? KmsKey { get; set; }

    /// <summary>How often every secret is read again; 15 minutes by default.</summary>
    public TimeSpan ReloadEvery { get; set; } = TimeSpan.FromMinutes(15);
}
