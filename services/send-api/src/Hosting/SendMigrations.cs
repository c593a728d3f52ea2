using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The tables that send-api owns.</summary>
internal static class SendMigrations
{
    public const string DrainTable = "send_drains";
    public const string DeliveryDrain = "delivery";
    public const string ImportDrain = "import";
    public const string PublishingDrain = "publishing";

    private const string TableOptions = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    // due_at and owner are never null: a row of fixed width is updated in place, and a far due_at keeps what is finished out of sight.
    private const string Messages = $"""
        CREATE TABLE IF NOT EXISTS messages (
          id BINARY(16) NOT NULL PRIMARY KEY,
          sender VARBINARY(64) NOT NULL,
          message_key VARBINARY(220) NOT NULL,
          body MEDIUMBLOB NOT NULL,
          body_hash BINARY(32) NOT NULL,
          splice_at INT NOT NULL,
          gateway_urn VARBINARY(200) NOT NULL,
          gateway_hash BIGINT NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          site VARBINARY(200) NOT NULL,
          meter VARBINARY(200) NOT NULL,
          readings INT NOT NULL,
          rejected_readings INT NOT NULL DEFAULT 0,
          first_at DATETIME(6) NOT NULL,
          last_at DATETIME(6) NOT NULL,
          accepted_at DATETIME(6) NOT NULL,
          traceparent VARBINARY(55) NULL,
          state TINYINT NOT NULL DEFAULT 0,
          attempts INT NOT NULL DEFAULT 0,
          due_at DATETIME(6) NOT NULL,
          owner BINARY(16) NOT NULL DEFAULT '',
          reason VARBINARY(60) NULL,
          delivered_at DATETIME(6) NULL,
          settles_at DATETIME(6) NULL,
          UNIQUE KEY natural_key (sender, message_key),
          KEY due (due_at)
        ) {TableOptions}
        """;

    private const string LedgerCounts = $"""
        CREATE TABLE IF NOT EXISTS ledger_counts (
          id BINARY(16) NOT NULL PRIMARY KEY,
          accepted_at DATETIME(6) NOT NULL,
          sender VARBINARY(64) NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          messages INT NOT NULL,
          readings INT NOT NULL
        ) {TableOptions}
        """;

    private const string DeliveryOrder = $"""
        CREATE TABLE IF NOT EXISTS delivery_order (
          gateway_hash BIGINT NOT NULL,
          message_id BINARY(16) NOT NULL,
          first_at DATETIME(6) NOT NULL,
          last_at DATETIME(6) NOT NULL,
          waits TINYINT NOT NULL,
          PRIMARY KEY (gateway_hash, message_id)
        ) {TableOptions}
        """;

    private const string Attempts = $"""
        CREATE TABLE IF NOT EXISTS attempts (
          message_id BINARY(16) NOT NULL,
          n INT NOT NULL,
          at DATETIME(6) NOT NULL,
          outcome TINYINT NOT NULL,
          status SMALLINT NULL,
          latency_ms INT NOT NULL,
          reason VARBINARY(60) NOT NULL,
          PRIMARY KEY (message_id, n)
        ) {TableOptions}
        """;

    private const string Gate = $"""
        CREATE TABLE IF NOT EXISTS esight_gate (
          id TINYINT NOT NULL PRIMARY KEY,
          failures INT NOT NULL DEFAULT 0,
          closed_until DATETIME(6) NOT NULL DEFAULT '2000-01-01',
          closed_reason VARBINARY(60) NULL,
          paused_at DATETIME(6) NULL,
          paused_by VARBINARY(64) NULL
        ) {TableOptions}
        """;

    private const string GateRow = "INSERT INTO esight_gate (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1";

    private const string ErrorEvents = $"""
        CREATE TABLE IF NOT EXISTS error_events (
          event_id VARBINARY(80) NOT NULL PRIMARY KEY,
          message_id BINARY(16) NOT NULL,
          esight_id VARBINARY(200) NOT NULL,
          received_at DATETIME(6) NOT NULL,
          KEY message (message_id)
        ) {TableOptions}
        """;

    private const string ReadingErrors = $"""
        CREATE TABLE IF NOT EXISTS reading_errors (
          message_id BINARY(16) NOT NULL,
          reading INT NOT NULL,
          event_id VARBINARY(80) NOT NULL,
          error_code VARCHAR(200) NULL,
          error_message TEXT NULL,
          reported_at DATETIME(6) NOT NULL,
          PRIMARY KEY (message_id, reading, event_id)
        ) {TableOptions}
        """;

    private const string Quarantine = $"""
        CREATE TABLE IF NOT EXISTS quarantine (
          event_id VARBINARY(80) NOT NULL PRIMARY KEY,
          send_id BINARY(16) NULL,
          outgoing_id VARBINARY(400) NOT NULL,
          event MEDIUMBLOB NOT NULL,
          received_at DATETIME(6) NOT NULL,
          KEY send_id (send_id)
        ) {TableOptions}
        """;

    public static readonly MigrationSet Set = new("send-api",
    [
        new(1, "create messages", Messages),
        new(2, "create ledger_counts", LedgerCounts),
        new(3, "create delivery_order", DeliveryOrder),
        new(4, "create attempts", Attempts),
        new(5, "create esight_gate", Gate),
        new(6, "add the gate's row", GateRow),
        new(7, "create error_events", ErrorEvents),
        new(8, "create reading_errors", ReadingErrors),
        new(9, "create quarantine", Quarantine),
        .. Drain.Steps(DrainTable, 10, DeliveryDrain),
        .. OutcomeMigrations.Steps(12),
        .. ImportMigrations.Steps(22),
        .. DeliveryMigrations.Steps(26),
        .. SearchMigrations.Steps(33),
    ]);
}
