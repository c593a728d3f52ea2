namespace EnergyLoad.GoogleCloud;

/// <summary>One version of a secret. Two of them are the same only if they are the same object.</summary>
/// <typeparam name="T">What the secret's JSON holds.</typeparam>
public sealed class SecretVersion<T>
    where T : class
{
    internal SecretVersion(string name, string version, T value) => (Name, Version, Value) = (name, version, value);

    /// <summary>Name of the secret, as in the configuration.</summary>
    public string Name { get; }

    /// <summary>Where this version comes from, such as a version's number or a file's time; for logs.</summary>
    public string Version { get; }

    /// <summary>The secret itself.</summary>
    public T Value { get; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"secret {Name}, version {Version}";
}
