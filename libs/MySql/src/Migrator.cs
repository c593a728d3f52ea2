using System.Data.Common;
using Dapper;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.MySql;

/// <summary>Brings an owner's tables to the level that its code needs; run by a job, never by a starting service.</summary>
/// <param name="database">The database, under an account that may create tables.</param>
/// <param name="logger">Where each step is told.</param>
public sealed partial class Migrator(Database database, ILogger<Migrator> logger)
{
    private const string CreateHistory = """
        CREATE TABLE IF NOT EXISTS schema_history (
          owner VARBINARY(50) NOT NULL,
          level INT NOT NULL,
          name VARCHAR(200) NOT NULL,
          applied_at DATETIME(6) NOT NULL,
          PRIMARY KEY (owner, level)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string Lock = "SELECT GET_LOCK('energyload.migrations', 60)";
    private const string Unlock = "SELECT RELEASE_LOCK('energyload.migrations')";
    private const string ReadLevel = "SELECT COALESCE(MAX(level), 0) FROM schema_history WHERE owner = @owner";

    private const string Remember = """
        INSERT INTO schema_history (owner, level, name, applied_at) VALUES (@owner, @Level, @Name, UTC_TIMESTAMP(6))
        """;

    /// <summary>Applies the steps that are missing; an older set against a newer schema does nothing.</summary>
    /// <param name="set">The owner's steps.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="UnavailableException">The server cannot be reached, or another migration holds the lock for a minute.</exception>
    public async Task RunAsync(MigrationSet set, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<long?>(Lock) != 1)
        {
            throw new UnavailableException("Another migration is running.");
        }

        try
        {
            await connection.ExecuteAsync(CreateHistory);
            await ApplyMissingAsync(connection, set, cancellationToken);
        }
        finally
        {
            await connection.ExecuteScalarAsync<long?>(Unlock);
        }
    }

    /// <summary>The level that the database has reached for an owner; 0 when it was never migrated.</summary>
    /// <param name="owner">The owner of the tables.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<int> LevelAsync(string owner, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(ReadLevel, new { owner }, cancellationToken: cancellationToken));
    }

    private async Task ApplyMissingAsync(DbConnection connection, MigrationSet set, CancellationToken cancellationToken)
    {
        var level = await connection.ExecuteScalarAsync<int>(ReadLevel, new { owner = set.Owner });
        foreach (var step in set.Steps.Where(step => step.Level > level))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step.UnlessExists is null || await connection.ExecuteScalarAsync(step.UnlessExists) is null)
            {
                await connection.ExecuteAsync(step.Sql, commandTimeout: 0);
            }

            await connection.ExecuteAsync(Remember, new { owner = set.Owner, step.Level, step.Name });
            Log.Applied(logger, set.Owner, step.Level, step.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "{Owner}: schema level {Level}: {Name}")]
        public static partial void Applied(ILogger logger, string owner, int level, string name);
    }
}
