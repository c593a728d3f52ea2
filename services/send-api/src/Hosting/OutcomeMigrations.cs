using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The tables that say what became of messages; nothing on the accept path writes to them.</summary>
internal static class OutcomeMigrations
{
    private const string TableOptions = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    // In every index the id, which orders by acceptance, follows the value: a page is read from one index, newest first, without a sort.
    // SearchMigrations leaves fewer of them.
    private const string MessageSearch = $"""
        CREATE TABLE IF NOT EXISTS message_search (
          id BINARY(16) NOT NULL PRIMARY KEY,
          message_key VARBINARY(220) NOT NULL,
          sender VARBINARY(64) NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          site_code VARBINARY(420) NOT NULL,
          meter VARBINARY(200) NOT NULL,
          accepted_at DATETIME(6) NOT NULL,
          first_at DATETIME(6) NOT NULL,
          last_at DATETIME(6) NOT NULL,
          state TINYINT NOT NULL,
          reason VARBINARY(60) NOT NULL,
          settles_at DATETIME(6) NULL,
          KEY by_message_id (message_key, id),
          KEY by_sender (sender, id),
          KEY by_market (market, id),
          KEY by_feed (feed, id),
          KEY by_site (site_code, id),
          KEY by_meter (meter, id),
          KEY by_meter_period (meter, last_at, first_at, id),
          KEY by_state (state, id, settles_at),
          KEY by_reason (reason, id)
        ) {TableOptions}
        """;

    private const string SearchCursor = $"""
        CREATE TABLE IF NOT EXISTS search_cursor (
          id TINYINT NOT NULL PRIMARY KEY,
          up_to BINARY(16) NOT NULL
        ) {TableOptions}
        """;

    private const string SearchCursorRow = "INSERT INTO search_cursor (id, up_to) VALUES (1, '') ON DUPLICATE KEY UPDATE id = 1";

    // A resend of the whole message is a new cycle of its row: what happened before counts neither for its schedule nor for its readings.
    private const string MessageCycles = """
        ALTER TABLE messages
          ADD COLUMN resend_of BINARY(16) NULL,
          ADD COLUMN cycle INT NOT NULL DEFAULT 0,
          ADD COLUMN cycle_at DATETIME(6) NULL,
          ADD COLUMN cycle_attempts INT NOT NULL DEFAULT 0
        """;

    private const string ErrorCycles = "ALTER TABLE reading_errors ADD COLUMN cycle INT NOT NULL DEFAULT 0";

    // receive-api keeps and tells of message ids of up to 512 bytes.
    private const string LongOutgoingIds = "ALTER TABLE quarantine MODIFY outgoing_id VARBINARY(512) NOT NULL";

    private const string Resends = $"""
        CREATE TABLE IF NOT EXISTS resends (
          id BINARY(16) NOT NULL PRIMARY KEY,
          message_id BINARY(16) NOT NULL,
          new_id BINARY(16) NULL,
          job_id BINARY(16) NULL,
          user_id VARBINARY(50) NOT NULL,
          resent_at DATETIME(6) NOT NULL,
          KEY message (message_id)
        ) {TableOptions}
        """;

    private const string ResendJobs = $"""
        CREATE TABLE IF NOT EXISTS resend_jobs (
          id BINARY(16) NOT NULL PRIMARY KEY,
          user_id VARBINARY(50) NOT NULL,
          username VARBINARY(64) NOT NULL,
          own_only TINYINT NOT NULL,
          filter BLOB NOT NULL,
          rejected_only TINYINT NOT NULL,
          forced TINYINT NOT NULL,
          state TINYINT NOT NULL DEFAULT 0,
          up_to BINARY(16) NOT NULL DEFAULT '',
          last_id BINARY(16) NOT NULL,
          examined INT NOT NULL DEFAULT 0,
          resent INT NOT NULL DEFAULT 0,
          skipped INT NOT NULL DEFAULT 0,
          started_at DATETIME(6) NOT NULL,
          finished_at DATETIME(6) NULL,
          KEY running (state, id)
        ) {TableOptions}
        """;

    private const string Incidents = $"""
        CREATE TABLE IF NOT EXISTS incidents (
          id BINARY(16) NOT NULL PRIMARY KEY,
          source TINYINT NOT NULL,
          error_code VARCHAR(200) NOT NULL,
          market VARBINARY(200) NOT NULL,
          feed VARBINARY(200) NOT NULL,
          items INT NOT NULL,
          first_seen DATETIME(6) NOT NULL,
          last_seen DATETIME(6) NOT NULL,
          accepted_from DATETIME(6) NOT NULL,
          accepted_to DATETIME(6) NOT NULL,
          error_message TEXT NULL,
          KEY by_last_seen (last_seen, id)
        ) {TableOptions}
        """;

    private const string IncidentMeters = $"""
        CREATE TABLE IF NOT EXISTS incident_meters (
          incident_id BINARY(16) NOT NULL,
          meter VARBINARY(200) NOT NULL,
          last_seen DATETIME(6) NOT NULL,
          PRIMARY KEY (incident_id, meter)
        ) {TableOptions}
        """;

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel)
    {
        yield return new(firstLevel, "create message_search", MessageSearch);
        yield return new(++firstLevel, "create search_cursor", SearchCursor);
        yield return new(++firstLevel, "add the search's cursor", SearchCursorRow);
        yield return new(++firstLevel, "add cycles to messages", MessageCycles, Column("messages", "cycle"));
        yield return new(++firstLevel, "add cycles to reading_errors", ErrorCycles, Column("reading_errors", "cycle"));
        yield return new(++firstLevel, "create resends", Resends);
        yield return new(++firstLevel, "create resend_jobs", ResendJobs);
        yield return new(++firstLevel, "create incidents", Incidents);
        yield return new(++firstLevel, "create incident_meters", IncidentMeters);
        yield return new(++firstLevel, "widen quarantine", LongOutgoingIds);
    }

    private static string Column(string table, string name) =>
        $"SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}' AND column_name = '{name}'";
}
