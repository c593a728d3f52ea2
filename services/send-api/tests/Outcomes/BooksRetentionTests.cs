using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Retention;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class BooksRetentionTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    [Fact]
    public async Task What_ended_long_ago_goes_and_what_is_young_or_under_way_stays()
    {
        foreach (var (id, ended) in new[] { ("old", "UTC_TIMESTAMP(6) - INTERVAL 500 DAY"), ("young", "UTC_TIMESTAMP(6)"), ("under way", "NULL") })
        {
            await InsertAsync("imports (id, user_id, username, prefix, listed, started_at)", $"'{id}', 'u', 'u', 'p', 1, UTC_TIMESTAMP(6) - INTERVAL 500 DAY");
            await InsertAsync(
                "import_objects (id, import_id, name, generation, sender, due_at, ended_at)", $"'{id}', '{id}', '{id}', 1, 's', '9999-12-31', {ended}");
            await InsertAsync(
                "resend_jobs (id, user_id, username, own_only, filter, rejected_only, forced, last_id, started_at, finished_at)",
                $"'{id}', 'u', 'u', 0, '', 0, 0, '', UTC_TIMESTAMP(6) - INTERVAL 500 DAY, {ended}");
        }

        await InsertAsync(
            "incidents (id, source, error_code, market, feed, items, first_seen, last_seen, accepted_from, accepted_to)",
            "'old', 0, 'E', 'lu', 'gas', 1, '2020-01-01', '2020-01-01', '2020-01-01', '2020-01-01'");
        await InsertAsync("incident_meters (incident_id, meter, last_seen)", "'old', 'm', '2020-01-01'");

        await world.Get<BooksRetention>().RunAsync(CancellationToken.None);

        foreach (var table in new[] { "imports", "import_objects", "resend_jobs" })
        {
            Assert.Equal(2, await world.ReadAsync<int>($"SELECT COUNT(*) FROM {table}"));
            Assert.Equal(0, await world.ReadAsync<int>($"SELECT COUNT(*) FROM {table} WHERE id = CAST('old' AS BINARY(16))"));
        }

        Assert.Equal(0, await world.ReadAsync<int>("SELECT COUNT(*) FROM incidents"));
        Assert.Equal(0, await world.ReadAsync<int>("SELECT COUNT(*) FROM incident_meters"));
    }

    [Fact]
    public async Task Old_counts_of_refusals_become_hourly_and_lose_none()
    {
        foreach (var minute in new[] { "2020-01-01 10:00:00", "2020-01-01 10:07:00", "2020-01-01 10:59:00", "2020-01-01 11:30:00", "UTC_TIMESTAMP()" })
        {
            var value = minute.StartsWith('2') ? $"'{minute}'" : minute;
            await InsertAsync("refusal_counts (minute, sender, market, feed, code, messages)", $"{value}, 's', 'lu', 'gas', 'C', 3");
        }

        await world.Get<BooksRetention>().RunAsync(CancellationToken.None);

        Assert.Equal(
            ["2020-01-01 10:00:00=9", "2020-01-01 11:00:00=3"],
            await world.Database.QueryAsync<string>(
                "SELECT CONCAT(minute, '=', messages) FROM refusal_counts WHERE minute < '2021-01-01' ORDER BY minute", null, CancellationToken.None));
        Assert.Equal(15, await world.ReadAsync<int>("SELECT SUM(messages) FROM refusal_counts"));
    }

    private Task InsertAsync(string into, string values) => world.ExecuteAsync($"INSERT INTO {into} VALUES ({values})");
}
