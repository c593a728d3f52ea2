using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The tables of the imports from a bucket.</summary>
internal static class ImportMigrations
{
    private const string TableOptions = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private const string Imports = $"""
        CREATE TABLE IF NOT EXISTS imports (
          id BINARY(16) NOT NULL PRIMARY KEY,
          user_id VARBINARY(50) NOT NULL,
          username VARBINARY(64) NOT NULL,
          prefix VARBINARY(1024) NOT NULL,
          listed TINYINT NOT NULL DEFAULT 0,
          started_at DATETIME(6) NOT NULL,
          KEY listing (listed, started_at)
        ) {TableOptions}
        """;

    // One row per content, not per name: a name that is written again holds another message.
    private const string ImportObjects = $"""
        CREATE TABLE IF NOT EXISTS import_objects (
          id BINARY(16) NOT NULL PRIMARY KEY,
          import_id BINARY(16) NOT NULL,
          name VARBINARY(1024) NOT NULL,
          generation BIGINT NOT NULL,
          sender VARBINARY(64) NOT NULL,
          state TINYINT NOT NULL DEFAULT 0,
          work TINYINT NOT NULL DEFAULT 0,
          due_at DATETIME(6) NOT NULL,
          owner BINARY(16) NOT NULL DEFAULT '',
          send_id BINARY(16) NULL,
          duplicate TINYINT NOT NULL DEFAULT 0,
          reason VARBINARY(60) NULL,
          errors MEDIUMBLOB NULL,
          taken_at DATETIME(6) NULL,
          ended_at DATETIME(6) NULL,
          UNIQUE KEY content (name, generation),
          KEY of_import (import_id, state),
          KEY due (work, due_at)
        ) {TableOptions}
        """;

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel) =>
    [
        new(firstLevel, "create imports", Imports),
        new(firstLevel + 1, "create import_objects", ImportObjects),
        .. Drain.Steps(SendMigrations.DrainTable, firstLevel + 2, SendMigrations.ImportDrain),
    ];
}
