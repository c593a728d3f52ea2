using EnergyLoad.Hosting;

namespace EnergyLoad.MySql.Tests;

/// <summary>A login as Secret Manager keeps it: two versions, of which this process sees the newer only when it looks.</summary>
internal sealed class VaryingLogin(DatabaseLogin first) : IRotating<DatabaseLogin>
{
    private DatabaseLogin? _next;

    public DatabaseLogin Current { get; private set; } = first;

    public DatabaseLogin? Previous { get; private set; }

    public int Looks { get; private set; }

    /// <summary>A new version, not seen yet.</summary>
    public void Publish(DatabaseLogin next) => _next = next;

    public Task<bool> RefreshAsync(DatabaseLogin refused, CancellationToken cancellationToken)
    {
        Looks++;
        if (_next is not null)
        {
            (Previous, Current, _next) = (Current, _next, null);
        }

        return Task.FromResult(!ReferenceEquals(refused, Current));
    }
}
