using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>Has what an outbox holds told: a row leaves it only after it was told; whatever breaks in between, it is told again.</summary>
public static class OutboxTelling
{
    private const int AtOnce = 200;

    // Long enough for a slow call with its retries, short enough that a dead instance's rows do not wait long.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>Tells due rows.</summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="tell">Tells several rows.</param>
    /// <param name="isOfOne">Whether a failure may be one row's: each is told by itself then, and holds up no other.</param>
    /// <param name="failed">Learns of rows that could not be told; they come again later.</param>
    /// <param name="cancellationToken">Ends the work; what was not told is put back.</param>
    /// <returns>False when nothing was due.</returns>
    public static async Task<bool> TellDueAsync(
        this Outbox outbox,
        Func<IReadOnlyList<OutboxRow>, CancellationToken, Task> tell,
        Func<UnavailableException, bool> isOfOne,
        Action<IReadOnlyList<OutboxRow>, Exception> failed,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        ArgumentNullException.ThrowIfNull(tell);
        ArgumentNullException.ThrowIfNull(isOfOne);
        ArgumentNullException.ThrowIfNull(failed);
        var rows = await outbox.ClaimAsync(AtOnce, Lease, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        await TellAsync(rows);
        return true;

        async Task TellAsync(IReadOnlyList<OutboxRow> some)
        {
            try
            {
                await tell(some, deadline.Token);
                await outbox.CompleteAsync([.. some.Select(row => row.Id)], CancellationToken.None);
            }
            catch (UnavailableException fault) when (some.Count > 1 && isOfOne(fault))
            {
                foreach (var row in some)
                {
                    await TellAsync([row]);
                }
            }
            catch (Exception fault) when (fault is UnavailableException or OperationCanceledException or DbException)
            {
                failed(some, fault);
                await outbox.PostponeAsync(some, CancellationToken.None);
            }
        }
    }
}
