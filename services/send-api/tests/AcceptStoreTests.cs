using System.Security.Cryptography;
using System.Text;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests;

public sealed class AcceptStoreTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private readonly string _messageId = $"electricity_lu_{Guid.NewGuid():n}";

    [Fact]
    public async Task The_first_of_equal_messageIds_in_one_commit_stays_and_the_others_are_compared_with_it()
    {
        var outcomes = await CommitAsync("1", "1", "2");

        var id = Assert.IsType<AcceptOutcome.Accepted>(outcomes[0]).Id;
        Assert.Equal(id, Assert.IsType<AcceptOutcome.Duplicate>(outcomes[1]).Id);
        Assert.Equal(id, Assert.IsType<AcceptOutcome.Conflict>(outcomes[2]).Id);
    }

    [Fact]
    public async Task Beside_a_conflicting_message_a_repetition_of_the_kept_bytes_is_still_a_repetition()
    {
        var id = Assert.IsType<AcceptOutcome.Accepted>(Assert.Single(await CommitAsync("1"))).Id;

        var outcomes = await CommitAsync("2", "1", "2");

        Assert.Equal(id, Assert.IsType<AcceptOutcome.Conflict>(outcomes[0]).Id);
        Assert.Equal(id, Assert.IsType<AcceptOutcome.Duplicate>(outcomes[1]).Id);
        Assert.Equal(id, Assert.IsType<AcceptOutcome.Conflict>(outcomes[2]).Id);
    }

    [Fact]
    public async Task A_message_that_the_database_does_not_take_fails_alone()
    {
        await world.ExecuteAsync($"""
            CREATE TRIGGER broken BEFORE INSERT ON messages FOR EACH ROW
            BEGIN
              IF NEW.message_key = '{_messageId}_3' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not taken'; END IF;
            END
            """);

        var outcomes = await world.Get<AcceptStore>().CommitAsync([.. Enumerable.Range(0, 7).Select(n => NewMessage($"{_messageId}_{n}", "1"))]);
        await world.ExecuteAsync("DROP TRIGGER broken");

        Assert.Equal("not taken", Assert.IsType<AcceptOutcome.Faulted>(outcomes[3]).Cause.Message);
        Assert.Equal(6, outcomes.OfType<AcceptOutcome.Accepted>().Select(accepted => accepted.Id).Distinct().Count());
        Assert.Equal(6, await world.ReadAsync<int>(
            "SELECT COUNT(*) FROM messages WHERE message_key LIKE CONCAT(@prefix, '%')", new { prefix = $"{_messageId}_" }));
        Assert.Equal(6, await world.ReadAsync<int>("SELECT SUM(messages) FROM ledger_counts WHERE sender = @prefix", new { prefix = _messageId }));
    }

    private Task<IReadOnlyList<AcceptOutcome>> CommitAsync(params string[] values) =>
        world.Get<AcceptStore>().CommitAsync([.. values.Select(value => NewMessage(_messageId, value))]);

    private NewMessage NewMessage(string messageId, string value)
    {
        var body = Encoding.UTF8.GetBytes(Sample.Message(messageId: messageId, value: value));
        var reading = Assert.IsType<MessageReading.Valid>(Assert.IsType<Push.One>(Push.ReadJson(body, DateTimeOffset.UtcNow)).Reading);
        return new NewMessage(_messageId, reading.Message, SHA256.HashData(body), TraceParent: null);
    }
}
