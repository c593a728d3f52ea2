using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>Has what an outbox holds told: a row leaves it only after it was told; whatever breaks in between, it is told again.</summary>
public static class OutboxTelling
{
    private const int AtOnce = 200;
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>
    /// For how long rows are claimed: long enough for a slow call with its retries, short enough that a dead instance's rows do not wait
    /// long.
    /// </summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How old a claim may be when its rows begin to be told: telling them ends before the claim does.</summary>
    public static TimeSpan LatestStart { get; } = Lease - GiveUp;

    /// <summary>Tells due rows.</summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="teller">How they are told.</param>
    /// <param name="cancellationToken">Ends the work; what was not told is put back.</param>
    /// <returns>False when nothing was due.</returns>
    public static async Task<bool> TellDueAsync(this Outbox outbox, OutboxTeller teller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        var rows = await outbox.ClaimAsync(AtOnce, Lease, cancellationToken);
        await outbox.TellClaimedAsync(rows, teller, cancellationToken);
        return rows.Count > 0;
    }

    /// <summary>Tells rows that are claimed.</summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="rows">The rows; none of them was claimed longer ago than <see cref="LatestStart"/>.</param>
    /// <param name="teller">How they are told.</param>
    /// <param name="cancellationToken">Ends the work; what was not told is put back.</param>
    public static async Task TellClaimedAsync(
        this Outbox outbox, IReadOnlyList<OutboxRow> rows, OutboxTeller teller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(teller);
        if (rows.Count == 0)
        {
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        await TellAsync(rows);

        async Task TellAsync(IReadOnlyList<OutboxRow> some)
        {
            try
            {
                await teller.TellAsync(some, deadline.Token);
                await outbox.CompleteAsync(
                    [.. some.Select(row => row.Id)], transaction => teller.Record?.Invoke(transaction, some), CancellationToken.None);
            }
            catch (UnavailableException fault) when (some.Count > 1 && teller.IsOfOne(fault))
            {
                foreach (var row in some)
                {
                    await TellAsync([row]);
                }
            }
            catch (Exception fault) when (fault is UnavailableException or OperationCanceledException or DbException)
            {
                teller.Failed(some, fault);
                await outbox.PostponeAsync(some, CancellationToken.None);
            }
        }
    }
}
