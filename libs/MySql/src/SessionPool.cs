using System.Collections.Concurrent;
using System.Data;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>
/// Keeps sessions open between two uses. The drivers' own pools ask the server and reset the session each time that one is taken, so
/// that it must be prepared anew: three to five round trips before a statement that is one. Here a session is prepared once, and asked
/// only after a rest.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process; a SemaphoreSlim holds nothing to free until its wait handle is asked for.
internal sealed class SessionPool(SessionSource source, int maximum, TimeProvider time)
#pragma warning restore CA1001
{
    // Under REPEATABLE READ the claim's gap locks hold up accepts, and a read-back misses what others committed.
    private const string PrepareSession =
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 2";

    // A session that the server has ended meanwhile (a restart, a failover) must not fail the one who takes it.
    private static readonly TimeSpan TrustedRest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentStack<Resting> _resting = [];
    private readonly SemaphoreSlim _places = new(maximum, maximum);

    /// <summary>Lends a session.</summary>
    /// <exception cref="UnavailableException">All are in use, and none came back in time.</exception>
    /// <exception cref="MySqlException">The server cannot be reached or refuses us.</exception>
    public async Task<Session> TakeAsync(CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(Patience, cancellationToken))
        {
            throw new UnavailableException($"All {maximum} sessions with MySQL are in use.");
        }

        try
        {
            return await FindAsync(cancellationToken) ?? await OpenAsync(cancellationToken);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>
    /// Takes a session back; one that broke, or whose login was replaced, is closed, and with it all that rest, for they are of the same
    /// server and no younger.
    /// </summary>
    public void TakeBack(Session session)
    {
        if (session.IsSound && session.State == ConnectionState.Open && ReferenceEquals(session.Login, source.InUse))
        {
            _resting.Push(new(session.Inner, session.Login, time.GetTimestamp()));
        }
        else
        {
            session.Inner.Dispose();
            Clear();
        }

        _places.Release();
    }

    private void Clear()
    {
        while (_resting.TryPop(out var resting))
        {
            resting.Connection.Dispose();
        }
    }

    private async Task<Session?> FindAsync(CancellationToken cancellationToken)
    {
        while (_resting.TryPop(out var resting))
        {
            var rested = time.GetElapsedTime(resting.Since);
            if (!ReferenceEquals(resting.Login, source.InUse))
            {
                // Its login was replaced, and what lies under it is older still.
                Clear();
            }
            else if (rested < TrustedRest || (rested < LongestRest && await TryPrepareAsync(resting.Connection, cancellationToken)))
            {
                return new Session(resting.Connection, resting.Login, this);
            }

            await resting.Connection.DisposeAsync();
        }

        return null;
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var (connection, login) = await source.OpenAsync(cancellationToken);
        try
        {
            await PrepareAsync(connection, cancellationToken);
            return new Session(connection, login, this);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> TryPrepareAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(connection, cancellationToken);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    private static async Task PrepareAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = PrepareSession;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="Connection">An open session.</param>
    /// <param name="Login">Who we are in it.</param>
    /// <param name="Since">Since when it rests.</param>
    private readonly record struct Resting(MySqlConnection Connection, DatabaseLogin Login, long Since);
}
