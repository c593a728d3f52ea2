using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>The tables that say what became of messages; nothing on the accept path writes to them.</summary>
internal static class OutcomeMigrations
{
    private const string TableOptions = "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    // Every index ends in the id, which orders by acceptance: a page is read from one index, newest first, without a sort.
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

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel)
    {
        yield return new(firstLevel, "create message_search", MessageSearch);
        yield return new(++firstLevel, "create search_cursor", SearchCursor);
        yield return new(++firstLevel, "add the search's cursor", SearchCursorRow);
    }
}
