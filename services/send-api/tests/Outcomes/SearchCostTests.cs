using System.Globalization;
using Dapper;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;
using EnergyLoad.SendApi.Tests.Delivery;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class SearchCostTests(SearchCostTests.World world) : IClassFixture<SearchCostTests.World>
{
    private const int Messages = 4_000;
    private const int MetersOfWorld = 40;
    private const int Limit = 10;

    // Of each row of the page one entry of the index, the search row and the message, and what is stepped over beside them.
    private const int MostReads = 300;

    public static TheoryData<string> Searches => new(
        "messageId", "own messageId", "sender", "own", "market", "feed", "site", "meter", "instant", "dead", "settled", "delivered", "accepted", "gaveUp",
        "from", "to");

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task A_page_costs_no_more_reads_among_thousands_of_messages_than_it_has_rows(string search)
    {
        var filter = FilterOf(search) with { Limit = Limit };
        Assert.NotEmpty((await world.Get<SearchStore>().FindAsync(filter, CancellationToken.None)).Items);
        var parameters = await SearchSql.ParametersAsync(filter, world.Database.QueryAsync<string?>, CancellationToken.None);
        parameters["most"] = Limit + 1;
        await using var session = await world.Database.OpenAsync(CancellationToken.None);
        var before = await ReadsAsync(session);

        await session.QueryAsync(SearchStore.SqlOf(filter), parameters);

        Assert.InRange(await ReadsAsync(session) - before, 1, MostReads);
    }

    private static SearchFilter FilterOf(string search) => search switch
    {
        "messageId" => new() { MessageId = "cost-777" },
        "own messageId" => new() { MessageId = "cost-777", Owner = "sender-1" },
        "own" => new() { Owner = "sender-3" },
        "sender" => new() { Sender = "sender-3" },
        "market" => new() { Market = "lu" },
        "feed" => new() { Feed = "electricity" },
        "site" => new() { Site = "LU_VPC" },
        "meter" => new() { Meter = "Cost_7" },
        "instant" => new() { Meter = "Cost_7", At = World.Start.AddHours(7 + (50 * MetersOfWorld)) },
        "dead" => new() { State = MessageState.Dead },
        "settled" => new() { State = MessageState.Settled },
        "delivered" => new() { State = MessageState.Delivered },
        "accepted" => new() { State = MessageState.Accepted },
        "gaveUp" => new() { Reason = nameof(ReasonCode.GaveUp) },
        "to" => new() { To = DateTimeOffset.UtcNow.AddHours(1) },
        _ => new() { From = DateTimeOffset.UtcNow.AddHours(-1) },
    };

    private static async Task<long> ReadsAsync(System.Data.Common.DbConnection session) =>
        (await session.QueryAsync<(string Name, string Value)>("SHOW SESSION STATUS LIKE 'Handler_read%'"))
            .Sum(row => long.Parse(row.Value, CultureInfo.InvariantCulture));

    public sealed class World : DeliveryWorld, IAsyncLifetime
    {
        internal static readonly DateTimeOffset Start = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            foreach (var chunk in Enumerable.Range(0, Messages).Chunk(400))
            {
                await AcceptManyAsync([.. chunk.Select(n => new PushedMessage($"cost-{n}")
                {
                    Meter = $"Cost_{n % MetersOfWorld}", Sender = $"sender-{n % 8}", Readings = [(Start.AddHours(n).ToString("O", CultureInfo.InvariantCulture), "1")],
                })]);
            }

            // Few are dead, a third is settled, a third delivered, the rest waits.
            await ExecuteAsync("UPDATE messages SET state = 4, reason = 'GaveUp' WHERE message_key LIKE 'cost-%00'");
            await ExecuteAsync("UPDATE messages SET state = 2, settles_at = '2020-01-01' WHERE state = 0 AND CRC32(message_key) % 3 = 0");
            await ExecuteAsync("UPDATE messages SET state = 2, settles_at = '2099-01-01' WHERE state = 0 AND CRC32(message_key) % 3 = 1");
            await ProjectAsync();
        }
    }
}
