namespace EnergyLoad.Audit;

/// <summary>How the log is kept (section <c>Audit</c>).</summary>
public sealed class AuditOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>
    /// The key that seals new rows: base64 of at least 32 random bytes, kept outside the database; read again when the configuration is
    /// reloaded. Required, unless the secret <see cref="AuditKeyRing.SecretName"/> has a source, which then holds all keys.
    /// </summary>
    public string HmacKey { get; set; } = "";

    /// <summary>Name of <see cref="HmacKey"/>, written into each row; <c>1</c> by default. A new key needs a new name.</summary>
    public string HmacKeyId { get; set; } = "1";

    /// <summary>
    /// Keys that sealed older rows, base64 by name; empty by default. A key stays here as long as rows that it sealed are kept.
    /// </summary>
    public IDictionary<string, string> PreviousKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Name of the service in its rows; empty (the default) leaves it to the service's own code.</summary>
    public string Service { get; set; } = "";

    /// <summary>
    /// The time over which refusals are bounded, and after which the surplus is written as counted rows; one minute by default.
    /// </summary>
    public TimeSpan RefusalInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Refusals of one kind and one client address that get a row of their own, per interval and instance; 20 by default.
    /// </summary>
    public int RefusalsPerAddress { get; set; } = 20;

    /// <summary>
    /// Refusals of one kind under one name that get a row of their own, per interval and instance; 100 by default, so that one address
    /// cannot use up a name's.
    /// </summary>
    public int RefusalsPerName { get; set; } = 100;

    /// <summary>Refusals of one kind that get a row of their own, per interval and instance, in all; 300 by default.</summary>
    public int RefusalsPerKind { get; set; } = 300;

    /// <summary>How often the heads of the lanes are anchored outside the database; one minute by default.</summary>
    public TimeSpan AnchorInterval { get; set; } = TimeSpan.FromMinutes(1);
}
