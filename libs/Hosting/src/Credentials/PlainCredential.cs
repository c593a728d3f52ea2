namespace EnergyLoad.Hosting;

/// <summary>A credential from the plain configuration: it is replaced by a restart and by nothing else.</summary>
/// <typeparam name="T">The credential.</typeparam>
/// <param name="credential">What the configuration says.</param>
public sealed class PlainCredential<T>(T credential) : IRotating<T>
    where T : class, ICredential
{
    /// <inheritdoc/>
    public T Current => credential;

    /// <inheritdoc/>
    public T? Previous => null;

    /// <inheritdoc/>
    public Task<bool> RefreshAsync(T refused, CancellationToken cancellationToken) => Task.FromResult(false);
}
