namespace EnergyLoad.Hosting;

/// <summary>A credential that may be replaced while the process runs. Take it anew for every use and keep no copy.</summary>
/// <typeparam name="T">The credential.</typeparam>
public interface IRotating<T>
    where T : class, ICredential
{
    /// <summary>The newest version.</summary>
    T Current { get; }

    /// <summary>The version before, which the other side may still want; null when there is none.</summary>
    T? Previous { get; }

    /// <summary>Looks for a newer version because one was refused.</summary>
    /// <param name="refused">The version that was refused.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether <see cref="Current"/> is another one than the refused; false also when it cannot be looked for now.</returns>
    Task<bool> RefreshAsync(T refused, CancellationToken cancellationToken);
}
