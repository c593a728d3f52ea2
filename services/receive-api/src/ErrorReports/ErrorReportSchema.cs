using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>The tables that receive-api owns; nobody else reads them.</summary>
internal static class ErrorReportSchema
{
    public const string Drains = "receive_drains";
    public const string PublishingOutbox = "receive_outbox";
    public const string ArchivingOutbox = "receive_archive_outbox";
    public const string PublishingDrain = "publishing";
    public const string ArchivingDrain = "archiving";

    // The indexes below grow at their end or at few places: ids and send ids rise with time, codes and markets are few.
    private const string CreateReports = """
        CREATE TABLE IF NOT EXISTS error_reports (
          id BINARY(16) NOT NULL,
          esight_id VARBINARY(200) NOT NULL,
          revision INT NOT NULL,
          body_hash BINARY(32) NOT NULL,
          message_id VARBINARY(512) NULL,
          send_id BINARY(16) NULL,
          feed VARBINARY(64) NULL,
          market VARBINARY(64) NULL,
          esight_received VARBINARY(64) NULL,
          marks INT NOT NULL,
          item_count INT NOT NULL,
          event_count INT NOT NULL,
          trace_parent VARBINARY(64) NULL,
          received_at DATETIME(6) NOT NULL,
          stored_at DATETIME(6) NOT NULL,
          published_at DATETIME(6) NULL,
          archived_at DATETIME(6) NULL,
          body MEDIUMBLOB NOT NULL,
          PRIMARY KEY (id),
          UNIQUE KEY by_esight_id (esight_id, revision),
          KEY by_message_id (message_id),
          KEY by_send_id (send_id),
          KEY by_market (market, feed)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string CreateItems = """
        CREATE TABLE IF NOT EXISTS error_items (
          report_id BINARY(16) NOT NULL,
          position INT NOT NULL,
          event_id BINARY(16) NOT NULL,
          is_news TINYINT NOT NULL,
          error_code VARBINARY(200) NULL,
          error_message VARBINARY(4000) NULL,
          datapoint_key VARBINARY(200) NULL,
          written_value VARBINARY(1000) NULL,
          ts_iso8601 VARBINARY(64) NULL,
          marks INT NOT NULL,
          PRIMARY KEY (report_id, position),
          KEY by_error_code (error_code)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    public static MigrationSet Migrations { get; } = new("receive-api",
    [
        new(1, "create error_reports", CreateReports),
        new(2, "create error_items", CreateItems),
        Outbox.Step(PublishingOutbox, 3),
        Outbox.Step(ArchivingOutbox, 4),
        .. Drain.Steps(Drains, 5, PublishingDrain, ArchivingDrain),
    ]);
}
