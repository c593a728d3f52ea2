using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Refusals;

/// <summary>
/// Decides which refusals get a row of their own, and counts the others; it remembers no more keys than rows were written in the
/// interval.
/// </summary>
internal sealed class RefusalBounds(AuditOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RefusalKey, int> _written = [];
    private Dictionary<RefusalKey, long> _counted = [];

    /// <summary>True when the refusal gets a row; false when it was counted instead.</summary>
    public bool Admit(AuditEvent refusal)
    {
        var (kind, byAddress, byName) = KeysOf(refusal);
        lock (_gate)
        {
            var full = IsFull(kind, options.RefusalsPerKind) ? kind
                : IsFull(byAddress, options.RefusalsPerAddress) ? byAddress
                : IsFull(byName, options.RefusalsPerName) ? byName
                : null;
            if (full is not null)
            {
                Add(full, 1);
                return false;
            }

            Written(kind);
            Written(byAddress);
            Written(byName);
            return true;
        }
    }

    /// <summary>Counts a refusal whose row could not be written.</summary>
    public void Count(AuditEvent refusal)
    {
        lock (_gate)
        {
            Add(KeysOf(refusal).Kind, 1);
        }
    }

    /// <summary>Begins a new interval and hands over what was counted in the last one.</summary>
    public IReadOnlyDictionary<RefusalKey, long> Turn()
    {
        lock (_gate)
        {
            var counted = _counted;
            _counted = [];
            _written.Clear();
            return counted;
        }
    }

    /// <summary>Takes back a count whose row could not be written.</summary>
    public void PutBack(RefusalKey key, long count)
    {
        lock (_gate)
        {
            Add(key, count);
        }
    }

    private static (RefusalKey Kind, RefusalKey? ByAddress, RefusalKey? ByName) KeysOf(AuditEvent refusal)
    {
        var kind = new RefusalKey(refusal.Type, null, null);
        var address = RowFactory.AddressOf(refusal.Context);
        return (kind,
            address is null ? null : kind with { Address = address },
            refusal.Subject is null ? null : kind with { Name = refusal.Subject });
    }

    private bool IsFull(RefusalKey? key, int limit) => key is not null && _written.GetValueOrDefault(key) >= limit;

    private void Written(RefusalKey? key)
    {
        if (key is not null)
        {
            _written[key] = _written.GetValueOrDefault(key) + 1;
        }
    }

    private void Add(RefusalKey key, long count) => _counted[key] = _counted.GetValueOrDefault(key) + count;
}
