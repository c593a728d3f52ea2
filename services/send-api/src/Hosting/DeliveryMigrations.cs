using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Publishing;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>What delivery and its outcomes need beside the messages: the outbox of events, and what the gate counts.</summary>
internal static class DeliveryMigrations
{
    private const string TableOptions = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private const string PublishingDrain = $"""
        INSERT INTO {SendMigrations.DrainTable} (name, armed_until) VALUES ('{SendMigrations.PublishingDrain}', '2000-01-01')
        ON DUPLICATE KEY UPDATE name = VALUES(name)
        """;

    // Rejected alike in a row: the code, and the meters as their hashes, 8 bytes each.
    private const string GateCounts = """
        ALTER TABLE esight_gate
          ADD COLUMN closed_at DATETIME(6) NULL,
          ADD COLUMN alike_code VARBINARY(60) NOT NULL DEFAULT '',
          ADD COLUMN alike_meters VARBINARY(2048) NOT NULL DEFAULT '',
          ADD COLUMN tokens DOUBLE NOT NULL DEFAULT 0,
          ADD COLUMN tokens_at DATETIME(6) NOT NULL DEFAULT '2000-01-01'
        """;

    private const string RefusalCounts = $"""
        CREATE TABLE IF NOT EXISTS refusal_counts (
          minute DATETIME NOT NULL,
          sender VARBINARY(64) NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          code VARBINARY(60) NOT NULL,
          messages BIGINT NOT NULL,
          PRIMARY KEY (minute, sender, market, feed, code)
        ) {TableOptions}
        """;

    // What retention has deleted, by hour of acceptance; state -1 is the ledger's left side.
    private const string LedgerSummary = $"""
        CREATE TABLE IF NOT EXISTS ledger_summary (
          hour DATETIME NOT NULL,
          sender VARBINARY(64) NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          state TINYINT NOT NULL,
          messages BIGINT NOT NULL,
          readings BIGINT NOT NULL,
          rejected BIGINT NOT NULL,
          PRIMARY KEY (hour, sender, market, feed, state)
        ) {TableOptions}
        """;

    // How many thresholds of age a waiting message has been told to have passed.
    private const string Ages = """
        ALTER TABLE message_search ADD COLUMN aged TINYINT NOT NULL DEFAULT 0, ADD KEY by_age (state, aged, id)
        """;

    private const string ObjectsBySendId = "ALTER TABLE import_objects ADD KEY by_send_id (send_id)";

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel)
    {
        yield return Outbox.Step(OutcomeOutbox.Table, firstLevel);
        yield return new(++firstLevel, "add drain publishing", PublishingDrain);
        yield return new(++firstLevel, "add counts to esight_gate", GateCounts, Column("esight_gate", "tokens_at"));
        yield return new(++firstLevel, "create refusal_counts", RefusalCounts);
        yield return new(++firstLevel, "create ledger_summary", LedgerSummary);
        yield return new(++firstLevel, "add ages to message_search", Ages, Column("message_search", "aged"));
        yield return new(++firstLevel, "add by_send_id to import_objects", ObjectsBySendId, Index("import_objects", "by_send_id"));
    }

    private static string Index(string table, string name) => $"""
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = '{table}' AND index_name = '{name}' LIMIT 1
        """;

    private static string Column(string table, string name) =>
        $"SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}' AND column_name = '{name}'";
}
