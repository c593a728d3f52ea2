using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>
/// A queue in the database and the alarm clock that empties it. Who commits work arms the drain and, when it was idle, sets
/// the alarm; who is woken runs it. A drain goes idle before its last look, so work that is committed later sets the alarm again.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="options">The drain's row and its times.</param>
/// <param name="timeProvider">The clock that bounds a run; what is due is decided by the database's own clock.</param>
public sealed class Drain(Database database, DrainOptions options, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _running = new(1, 1);
    private readonly SemaphoreSlim _nudges = new(0, 1);
    private int _waiting;
    private volatile bool _willLook;
    private long _alive;

    // Read before it is written: those who commit while the drain runs need not wait for each other at its row.
    private string ReadArmed => $"SELECT COUNT(*) FROM {options.Table} WHERE name = @name AND armed_until >= UTC_TIMESTAMP(6)";

    // One that shows no sign of life is believed no longer than the row is.
    private bool WillLookSoon =>
        _willLook && timeProvider.GetElapsedTime(Volatile.Read(ref _alive)) < TimeSpan.FromSeconds(options.ArmedSeconds);

    private string ArmIdle => $"""
        UPDATE {options.Table} SET armed_until = UTC_TIMESTAMP(6) + INTERVAL {options.ArmedSeconds} SECOND
        WHERE name = @name AND armed_until < UTC_TIMESTAMP(6)
        """;

    private string StayArmed => $"""
        UPDATE {options.Table} SET armed_until = UTC_TIMESTAMP(6) + INTERVAL {options.ArmedSeconds} SECOND WHERE name = @name
        """;

    private string GoIdle => $"UPDATE {options.Table} SET armed_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE name = @name";

    /// <summary>The steps that make a drain's table and its row.</summary>
    /// <param name="table">The table, one per owner.</param>
    /// <param name="firstLevel">The level of the first step.</param>
    /// <param name="names">The drains of the owner.</param>
    public static IEnumerable<MigrationStep> Steps(string table, int firstLevel, params string[] names)
    {
        yield return new(firstLevel, $"create {table}", $"""
            CREATE TABLE IF NOT EXISTS {table} (
              name VARBINARY(40) NOT NULL PRIMARY KEY,
              armed_until DATETIME(6) NOT NULL
            ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """);
        foreach (var name in names)
        {
            yield return new(++firstLevel, $"add drain {name}", $"""
                INSERT INTO {table} (name, armed_until) VALUES ('{name}', '2000-01-01') ON DUPLICATE KEY UPDATE name = VALUES(name)
                """);
        }
    }

    /// <summary>Says that work was committed. Call it after the commit and before the answer.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when the drain was idle: the alarm must be set now.</returns>
    public async Task<bool> ArmAsync(CancellationToken cancellationToken)
    {
        Nudge();

        // A run in this process that will look again finds what was committed; should it break off, its wake-up is repeated.
        return !WillLookSoon
            && (await database.QueryAsync<long>(ReadArmed, new { name = options.Name }, cancellationToken))[0] == 0
            && await ExecuteAsync(ArmIdle, cancellationToken) == 1;
    }

    /// <summary>Ends the linger of a run in this process at once.</summary>
    public void Nudge()
    {
        if (_nudges.CurrentCount == 0)
        {
            try
            {
                _nudges.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another nudge came first; one is enough.
            }
        }
    }

    /// <summary>
    /// Empties the queue. One run at a time in a process: a second one waits and then looks for itself, a third leaves it to the second.
    /// </summary>
    /// <param name="step">Does a batch of due work; returns false when there was none.</param>
    /// <param name="cancellationToken">Ends the run between two steps.</param>
    /// <exception cref="UnavailableException">The database does not answer.</exception>
    public async Task<DrainEnd> RunAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Interlocked.Increment(ref _waiting) > 2)
        {
            Interlocked.Decrement(ref _waiting);
            return DrainEnd.LeftToAnother;
        }

        try
        {
            await _running.WaitAsync(cancellationToken);
            try
            {
                return await EmptyAsync(step, cancellationToken);
            }
            finally
            {
                _willLook = false;
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running.Dispose();
        _nudges.Dispose();
    }

    private async Task<DrainEnd> EmptyAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        long? armed = null;
        while (timeProvider.GetElapsedTime(started) < options.LongestRun)
        {
            // Not with every step: each is a commit, and an armed row is believed for longer.
            if (armed is not { } last || timeProvider.GetElapsedTime(last) > options.ArmAgain)
            {
                armed = timeProvider.GetTimestamp();
                await ExecuteAsync(StayArmed, cancellationToken);
            }

            Volatile.Write(ref _alive, timeProvider.GetTimestamp());
            _willLook = true;

            // Who nudged before this look has committed before it.
            await _nudges.WaitAsync(TimeSpan.Zero, cancellationToken);
            if (await step(cancellationToken) || await LingerAsync(step, cancellationToken))
            {
                continue;
            }

            (_willLook, armed) = (false, null);
            await ExecuteAsync(GoIdle, cancellationToken);
            if (!await step(cancellationToken))
            {
                return DrainEnd.Empty;
            }
        }

        return DrainEnd.OutOfTime;
    }

    /// <returns>Whether there was work, or whoever commits here goes on: who goes idle under them is woken again at once.</returns>
    private async Task<bool> LingerAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var isNudged = false;
        while (timeProvider.GetElapsedTime(started) < options.Linger)
        {
            isNudged |= await _nudges.WaitAsync(options.Poll, cancellationToken);
            if (await step(cancellationToken))
            {
                return true;
            }

            // What is committed now cannot always be done now (a closed gate): many nudges are one look.
            await Task.Delay(options.Breath, timeProvider, cancellationToken);
        }

        return isNudged;
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        database.ExecuteAsync(sql, new { name = options.Name }, cancellationToken);
}
