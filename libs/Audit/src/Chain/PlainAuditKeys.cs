using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit.Chain;

/// <summary>The keys that the section <c>Audit</c> holds, as they are after its last reload.</summary>
internal sealed class PlainAuditKeys(IOptionsMonitor<AuditOptions> options) : IRotating<AuditKeyRing>
{
    public AuditKeyRing Current
    {
        get
        {
            var now = options.CurrentValue;
            return new AuditKeyRing { Id = now.HmacKeyId, Key = now.HmacKey, Older = now.PreviousKeys.AsReadOnly() };
        }
    }

    public AuditKeyRing? Previous => null;

    public Task<bool> RefreshAsync(AuditKeyRing refused, CancellationToken cancellationToken) => Task.FromResult(false);
}
