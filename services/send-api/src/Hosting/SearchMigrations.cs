using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>Fewer indexes of the rows that searches read: each costs every message an entry.</summary>
internal static class SearchMigrations
{
    // A meter's entries say their periods, and those of a state how much of their age was told. The names stay: statements ask for them.
    private const string Wider = """
        ALTER TABLE message_search
          DROP KEY by_meter, ADD KEY by_meter (meter, id, last_at, first_at),
          DROP KEY by_state, ADD KEY by_state (state, id, settles_at, aged)
        """;

    private const string IsWider = """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'message_search' AND index_name = 'by_state' AND column_name = 'aged'
        """;

    // No released version asks for them; later, a drop waits for the release after the one that stopped asking.
    private const string Fewer = "ALTER TABLE message_search DROP KEY by_message_id, DROP KEY by_meter_period, DROP KEY by_age";

    private const string AreFewer = """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'message_search' AND index_name = 'by_message_id' HAVING COUNT(*) = 0
        """;

    /// <summary>The steps, from a level on.</summary>
    /// <param name="firstLevel">The level of the first step.</param>
    public static IEnumerable<MigrationStep> Steps(int firstLevel)
    {
        yield return new(firstLevel, "widen by_meter and by_state of message_search", Wider, IsWider);
        yield return new(++firstLevel, "drop by_message_id, by_meter_period and by_age of message_search", Fewer, AreFewer);
    }
}
