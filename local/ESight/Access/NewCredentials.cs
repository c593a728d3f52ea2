namespace EnergyLoad.Local.ESight.Access;

/// <summary>The body of <c>PUT /control/credentials</c>: a pair that is left out stays as it is.</summary>
internal sealed class NewCredentials
{
    public string? ReadUser { get; init; }

    public string? ReadPassword { get; init; }

    public string? WriteUser { get; init; }

    public string? WritePassword { get; init; }
}
