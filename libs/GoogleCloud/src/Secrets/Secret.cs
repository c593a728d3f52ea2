namespace EnergyLoad.GoogleCloud;

/// <summary>A secret of any type, as those see it that load all of them.</summary>
public abstract class Secret
{
    private protected Secret(string name) => Name = name;

    /// <summary>Its name in the configuration.</summary>
    public string Name { get; }

    /// <summary>Reads it from its source.</summary>
    /// <exception cref="SecretException">Missing, unreadable or malformed; what was loaded before stays in use.</exception>
    internal abstract Task LoadAsync(CancellationToken ct);
}
