using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>How what an outbox holds is told.</summary>
/// <param name="TellAsync">Tells several rows.</param>
/// <param name="IsOfOne">Whether a failure may be one row's: each is told by itself then, and holds up no other.</param>
/// <param name="Failed">Learns of rows that could not be told; they come again later.</param>
public sealed record OutboxTeller(
    Func<IReadOnlyList<OutboxRow>, CancellationToken, Task> TellAsync,
    Func<UnavailableException, bool> IsOfOne,
    Action<IReadOnlyList<OutboxRow>, Exception> Failed)
{
    /// <summary>Adds to the transaction that removes rows what must be known of them from then on; null for nothing.</summary>
    public Action<DbTransaction, IReadOnlyList<OutboxRow>>? Record { get; init; }
}
