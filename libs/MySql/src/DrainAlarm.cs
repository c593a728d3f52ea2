using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>What follows a commit: the drain is armed and, when it was idle, somebody is asked to wake it.</summary>
public static class DrainAlarm
{
    // An answer does not wait longer than this for an alarm clock that is down: what it is about is committed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Arms a drain and sets its alarm. It never fails: what it could not wake, the next commit or the next sweep wakes.</summary>
    /// <param name="drain">The drain.</param>
    /// <param name="setAlarm">Sets the alarm, for at once.</param>
    /// <param name="timeProvider">The clock that bounds it.</param>
    /// <param name="cancellationToken">Gives up earlier.</param>
    /// <returns>Why the alarm may not be set; null when it is, or need not be.</returns>
    public static async Task<Exception?> TrySetAlarmAsync(
        this Drain drain, Func<CancellationToken, Task> setAlarm, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drain);
        ArgumentNullException.ThrowIfNull(setAlarm);
        using var timer = new CancellationTokenSource(Patience, timeProvider);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            if (await drain.ArmAsync(patience.Token))
            {
                await setAlarm(patience.Token);
            }

            return null;
        }
        catch (Exception exception) when (exception is UnavailableException or DbException or OperationCanceledException)
        {
            return exception;
        }
    }
}
