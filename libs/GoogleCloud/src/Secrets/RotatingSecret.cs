using EnergyLoad.Hosting;

namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>A secret, as those see it that do not know where it comes from.</summary>
internal sealed class RotatingSecret<T>(Secret<T> secret) : IRotating<T>
    where T : class, ICredential
{
    public T Current => secret.Current.Value;

    public T? Previous => secret.Previous?.Value;

    public Task<bool> RefreshAsync(T refused, CancellationToken cancellationToken) =>
        secret.Current is var current && ReferenceEquals(current.Value, refused)
            ? secret.RefreshAsync(current, cancellationToken)
            : Task.FromResult(true);
}
