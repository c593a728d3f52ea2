using System.Text;

namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>A variable of the environment; it cannot rotate while the process lives.</summary>
internal sealed class EnvironmentSource(string variable) : ISecretSource
{
    public bool KeepsVersions => false;

    public Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct)
    {
        var json = Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(json)
            ? throw new SecretException($"the variable {variable} is not set")
            : Task.FromResult<IReadOnlyList<SecretText>>([new SecretText("environment", Encoding.UTF8.GetBytes(json))]);
    }
}
