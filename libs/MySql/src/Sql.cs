using System.Data.Common;
using System.Text;
using Dapper;

namespace EnergyLoad.MySql;

/// <summary>Statements in a transaction or on a session, always with parameters and always cancellable.</summary>
public static class Sql
{
    /// <summary>Runs a statement in a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, or a sequence of them to run it for each; null for none.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>How many rows it changed.</returns>
    public static Task<int> ExecuteAsync(
        this DbTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Reads rows in a transaction.</summary>
    /// <inheritdoc cref="ExecuteAsync(DbTransaction, string, object?, CancellationToken)"/>
    public static async Task<List<T>> QueryAsync<T>(
        this DbTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return (await transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>
    /// Runs a statement with the commit of its transaction: nobody waits for it alone, and when it fails nothing is committed.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="statement">The statement, without parameters: nothing that a client sent may be text in it.</param>
    /// <param name="whenRefused">Told when the commit fails, whichever of its statements it was; null for nobody.</param>
    public static void ExecuteAtCommit(this DbTransaction transaction, string statement, Action<DbException>? whenRefused = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ((SessionTransaction)transaction).AddLast(new StringBuilder(statement), [], whenRefused);
    }

    /// <summary>Runs a statement in a session of its own.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters; null for none.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> ExecuteAsync(this Database database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    /// <summary>Reads rows in a session of its own.</summary>
    /// <inheritdoc cref="ExecuteAsync(Database, string, object?, CancellationToken)"/>
    public static async Task<List<T>> QueryAsync<T>(
        this Database database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
