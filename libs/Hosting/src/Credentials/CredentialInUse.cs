using System.Runtime.CompilerServices;

namespace EnergyLoad.Hosting;

/// <summary>
/// Which version of a credential the other side takes. A rotation is two acts, there and in the secret, in either order: between them
/// the version that works may be the newest or the one before.
/// </summary>
/// <typeparam name="T">The credential.</typeparam>
/// <param name="rotating">Its versions.</param>
public sealed class CredentialInUse<T>(IRotating<T> rotating)
    where T : class, ICredential
{
    private volatile Choice? _choice;

    /// <summary>What to try first: what worked last, or the newest if there is a newer one since.</summary>
    public T First => _choice is { } choice && ReferenceEquals(choice.Newest, rotating.Current) ? choice.Working : rotating.Current;

    /// <summary>What else to try, one after the other; looking for a newer version is part of it.</summary>
    /// <param name="refused">What was tried first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<T> AfterRefusalAsync(T refused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tried = new HashSet<T>(ReferenceEqualityComparer.Instance) { refused };
        var newest = rotating.Current;
        if (tried.Add(newest))
        {
            yield return newest;
        }

        if (await rotating.RefreshAsync(newest, cancellationToken) && tried.Add(rotating.Current))
        {
            yield return rotating.Current;
        }

        if (rotating.Previous is { } previous && tried.Add(previous))
        {
            yield return previous;

            // The other side may have changed between the try of the newest and that of the one before.
            yield return rotating.Current;
        }
    }

    /// <summary>Remembers what was taken after a refusal.</summary>
    /// <param name="working">The version.</param>
    public void Took(T working) => _choice = new Choice(rotating.Current, working);

    private sealed record Choice(T Newest, T Working);
}
