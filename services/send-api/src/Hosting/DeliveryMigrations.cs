using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Publishing;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>What delivery and its outcomes need beside the messages: the outbox of events, and what the gate counts.</summary>
internal static class DeliveryMigrations
{
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

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel)
    {
        yield return Outbox.Step(OutcomeOutbox.Table, firstLevel);
        yield return new(++firstLevel, "add drain publishing", PublishingDrain);
        yield return new(++firstLevel, "add counts to esight_gate", GateCounts, Column("esight_gate", "tokens_at"));
    }

    private static string Column(string table, string name) =>
        $"SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}' AND column_name = '{name}'";
}
