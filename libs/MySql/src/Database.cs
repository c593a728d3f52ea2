using System.Data;
using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>The one door to MySQL: every session reads committed data, in UTC, and waits at most 2 s for a lock.</summary>
public sealed class Database
{
    private const int MaximumTries = 5;

    private readonly SessionPool _sessions;

    /// <summary>Makes the door; connects only when asked to.</summary>
    /// <param name="options">Where the database is and who we are there.</param>
    public Database(MySqlOptions options)
        : this(options, new PlainCredential<DatabaseLogin>(LoginOf(options)))
    {
    }

    /// <summary>Makes the door for a login that may change: a refused one is looked up and tried again at once.</summary>
    /// <param name="options">Where the database is; its user and password are not looked at.</param>
    /// <param name="login">Who we are there.</param>
    public Database(MySqlOptions options, IRotating<DatabaseLogin> login)
    {
        ArgumentNullException.ThrowIfNull(options);
        DriverSetup.Apply();
        _sessions = new SessionPool(new SessionSource(options, login), options.MaximumPoolSize, TimeProvider.System);
    }

    /// <summary>Opens a pooled session.</summary>
    /// <param name="cancellationToken">Ends the wait for a session.</param>
    /// <exception cref="UnavailableException">The server cannot be reached or refuses us.</exception>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _sessions.TakeAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is MySqlException or TimeoutException)
        {
            throw new UnavailableException("No session with MySQL.", exception);
        }
    }

    /// <summary>Does an act in one transaction; on deadlock or lock timeout the whole act is done again.</summary>
    /// <param name="act">What to do; it may run several times.</param>
    /// <param name="cancellationToken">Cancels the act before its commit.</param>
    /// <exception cref="UnavailableException">The database cannot be reached, or went away: the act may or may not have been committed.</exception>
    public async Task<T> InTransactionAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(act);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryInTransactionAsync(act, cancellationToken);
            }
            catch (DbException exception) when (SqlErrors.IsLockConflict(exception) && attempt < MaximumTries)
            {
                // InnoDB rolled this one back so that the other goes on; the next try waits for it at its first lock.
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (DbException exception) when (
                SqlErrors.IsLockConflict(exception) || SqlErrors.IsConnectionLost(exception) || SqlErrors.IsOutOfSpace(exception))
            {
                throw new UnavailableException("The transaction did not go through.", exception);
            }
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<DbTransaction, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async (transaction, token) =>
            {
                await act(transaction, token);
                return true;
            },
            cancellationToken);

    /// <summary>Reads several statements from one snapshot, so that what they say belongs together.</summary>
    /// <param name="read">What to read; its first statement takes the snapshot.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnavailableException">The database cannot be reached.</exception>
    public async Task<T> InSnapshotAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await read(transaction, cancellationToken);
    }

    internal static DatabaseLogin LoginOf(MySqlOptions options) => new() { User = options.User, Password = options.Password };

    private async Task<T> TryInTransactionAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var result = await act(transaction, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
