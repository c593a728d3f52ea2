using EnergyLoad.Hosting;

namespace EnergyLoad.Audit.Tests.Support;

/// <summary>Key rings as a rotating secret gives them: the present one, and the one before.</summary>
internal sealed class TwoKeyRings(AuditKeyRing current, AuditKeyRing? previous) : IRotating<AuditKeyRing>
{
    public AuditKeyRing Current { get; private set; } = current;

    public AuditKeyRing? Previous { get; private set; } = previous;

    public void Rotate(AuditKeyRing next) => (Previous, Current) = (Current, next);

    public Task<bool> RefreshAsync(AuditKeyRing refused, CancellationToken cancellationToken) => Task.FromResult(false);
}
