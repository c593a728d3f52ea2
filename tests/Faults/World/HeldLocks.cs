using System.Data;
using System.Data.Common;
using Dapper;
using EnergyLoad.MySql;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>A session of a stranger's that holds row locks until it is disposed of.</summary>
internal sealed class HeldLocks : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    private HeldLocks(DbConnection connection, DbTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <summary>Runs a locking statement, again as long as it meets locks of others.</summary>
    public static async Task<HeldLocks> TakeAsync(Database database, string sql)
    {
        while (true)
        {
            var connection = await database.OpenAsync(CancellationToken.None);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            try
            {
                await connection.ExecuteAsync(sql, transaction: transaction);
                return new HeldLocks(connection, transaction);
            }
            catch (DbException exception) when (SqlErrors.IsLockConflict(exception))
            {
                await connection.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
