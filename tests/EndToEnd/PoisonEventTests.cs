using System.Text;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Error events that send-api can never apply.</summary>
[Collection(SharedStack.Name)]
public sealed class PoisonEventTests(RunningStack stack) : IAsyncLifetime
{
    private const string Events = "esight-error-reports";
    private const string Dead = "esight-error-reports-dead";
    private const string PushSubscription = "send-api-error-reports";
    private readonly OutcomeWorld _world = new(stack);
    private readonly List<JsonElement> _dead = [];
    private StackPubSub _pubSub = null!;

    public async Task InitializeAsync() => _pubSub = await StackPubSub.OpenAsync(stack.Description);

    public Task DisposeAsync()
    {
        _pubSub.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("not JSON", "NotAnEvent")]
    [InlineData("null", "NotAnEvent")]
    [InlineData("[]", "NotAnEvent")]
    [InlineData("""{"version":"1","receivedAt":"2022-10-01T00:05:00Z"}""", "NotAnEvent")]
    [InlineData("""{"version":"2","eventId":"01890000-0000-8000-8000-000000000001","receivedAt":"2022-10-01T00:05:00Z"}""", "UnknownVersion")]
    public async Task What_is_no_event_goes_to_the_dead_letters_with_the_reason(string data, string reason)
    {
        var id = await PublishAsync(data);

        var letter = await DeadLetterOfAsync(id);

        Assert.Equal(reason, letter.GetProperty("attributes").GetProperty("reason").GetString());
        Assert.Equal("kept", letter.GetProperty("attributes").GetProperty("of-the-publisher").GetString());
        Assert.Equal(data, Encoding.UTF8.GetString(letter.GetProperty("data").GetBytesFromBase64()));
        await Eventually.GetAsync(
            () => File.ReadAllLinesAsync(Path.Combine(stack.Logs, "send-api-1.log")),
            log => log.Any(line => line.Contains("CRITICAL", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_event_whose_values_do_not_fit_is_a_dead_letter_and_the_next_event_is_applied()
    {
        using var sender = await _world.LoginAsync("sender");
        var sendId = await DeliveredAsync(sender);

        var poison = await PublishAsync(Event(sendId, code: new string('c', 300)));
        await PublishAsync(Event(sendId, code: "E7"));

        var letter = await DeadLetterOfAsync(poison);
        Assert.Equal("DoesNotFit", letter.GetProperty("attributes").GetProperty("reason").GetString());
        var status = await Eventually.GetAsync(() => sender.GetAsync($"{OutcomeWorld.Send}/{sendId}"), read => StateOf(read) == "rejected");
        Assert.Equal("E7", status.GetProperty("readings")[0].GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task While_the_dead_letter_topic_is_away_a_poison_event_is_pushed_again()
    {
        var before = await FailuresAsync();
        await _pubSub.DeleteTopicAsync(Dead);
        string id;
        try
        {
            id = await PublishAsync("poison without a topic");
            await Eventually.GetAsync(FailuresAsync, failures => failures > before + 1);
        }
        finally
        {
            await _pubSub.CreateTopicAsync(Dead);
        }

        Assert.Equal("NotAnEvent", (await DeadLetterOfAsync(id)).GetProperty("attributes").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_event_in_quarantine_that_turns_out_to_be_poison_leaves_it_and_holds_up_no_other()
    {
        using var sender = await _world.LoginAsync("sender");
        var unknown = Guid.CreateVersion7();
        var poison = Guid.NewGuid();
        await PublishAsync(Event($"{unknown}", code: new string('c', 300), poison));
        await PublishAsync(Event($"{unknown}", code: "E9"));
        await Eventually.GetAsync(() => CountAsync(unknown), count => count == 2);
        var sendId = await DeliveredAsync(sender);

        // As if the message became known late.
        await stack.Description.Mysql.Open().ExecuteAsync(
            "UPDATE quarantine SET send_id = @known, event = REPLACE(event, @old, @new) WHERE send_id = @unknown",
            new { known = Bytes(Guid.Parse(sendId)), unknown = Bytes(unknown), old = $"{unknown}", @new = sendId }, CancellationToken.None);
        using var http = new HttpClient();
        using var swept = await http.PostAsync(new Uri(stack.Description.Google, "/control/scheduler/run?name=send-api-sweep"), null);

        swept.EnsureSuccessStatusCode();
        await Eventually.GetAsync(() => sender.GetAsync($"{OutcomeWorld.Send}/{sendId}"), read => StateOf(read) == "rejected");
        await Eventually.GetAsync(() => CountAsync(Guid.Parse(sendId)), count => count == 0);
        await DeadLetterAsync(letter => Encoding.UTF8.GetString(letter.GetProperty("data").GetBytesFromBase64()).Contains($"{poison}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_about_a_message_with_the_longest_id_that_is_kept_waits_in_quarantine()
    {
        var unknown = Guid.CreateVersion7();

        await PublishAsync(Event($"{unknown}", code: "E1", messageId: new string('m', 512)));

        await Eventually.GetAsync(() => CountAsync(unknown), count => count == 1);
    }

    private static string? StateOf(JsonElement status) => status.GetProperty("readings")[0].GetProperty("state").GetString();

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static string Event(string sendId, string code, Guid? eventId = null, string messageId = "electricity_lu_poison") =>
        JsonSerializer.Serialize(new
    {
        version = "1", eventId = eventId ?? Guid.NewGuid(), esightId = "poison", messageId, sendId, errorCode = code, errorMessage = "no",
        datapointKey = "kwh", value = "1", tsIso8601 = "2022-10-01T00:00:00Z", receivedAt = DateTimeOffset.UtcNow,
    });

    private Task<string> PublishAsync(string data) =>
        _pubSub.PublishAsync(Events, Encoding.UTF8.GetBytes(data), new Dictionary<string, string> { ["of-the-publisher"] = "kept" });

    private async Task<string> DeliveredAsync(GatewayUser sender)
    {
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
        return sendId;
    }

    private Task<JsonElement> DeadLetterOfAsync(string id) =>
        DeadLetterAsync(letter => letter.GetProperty("attributes").GetProperty("sourceMessageId").GetString() == id);

    private async Task<JsonElement> DeadLetterAsync(Func<JsonElement, bool> isMine)
    {
        var letters = await Eventually.GetAsync(
            async () =>
            {
                _dead.AddRange(await _pubSub.PullAsync(Dead));
                return _dead.Where(isMine).ToList();
            },
            mine => mine.Count > 0);
        return Assert.Single(letters);
    }

    private async Task<long> FailuresAsync() => (await _pubSub.CountsAsync(PushSubscription)).GetProperty("failures").GetInt64();

    private async Task<long> CountAsync(Guid sendId) => (await stack.Description.Mysql.Open().QueryAsync<long>(
        "SELECT COUNT(*) FROM quarantine WHERE send_id = @id", new { id = Bytes(sendId) }, CancellationToken.None)).Single();
}
