namespace EnergyLoad.Local.Google.Secrets;

/// <summary>One version of a secret; once destroyed it has no data.</summary>
internal sealed record StoredVersion(int Number, DateTimeOffset CreateTime, string State, byte[]? Data)
{
    public const string Enabled = "ENABLED";
    public const string Disabled = "DISABLED";
    public const string Destroyed = "DESTROYED";

    public object ToResource(string secret) => new { name = $"{secret}/versions/{Number}", createTime = CreateTime, state = State };

    public override string ToString() => $"version {Number}, {State}";
}
