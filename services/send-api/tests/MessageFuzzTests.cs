using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.Testing.Fuzzing;

namespace EnergyLoad.SendApi.Tests;

/// <summary>Messages spoiled at random, against what System.Text.Json's document model makes of the same bytes.</summary>
public sealed class MessageFuzzTests
{
    private const int Mutations = 40_000;
    private static readonly DateTimeOffset Now = new(2022, 10, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonDocumentOptions Like = new() { MaxDepth = MessageLimits.Depth };

    private static readonly byte[][] Seeds =
    [
        Encoding.UTF8.GetBytes(Sample.Message()),
        Encoding.UTF8.GetBytes(Sample.Message(messageId: "electricity_lu_\\u00e9\\\"x", value: "-0.120e+2")),
        Encoding.UTF8.GetBytes(
            $"[{Sample.Message(messageId: "gas_lu_1")}, {Sample.Message(messageId: "gas_lu_2", last: "2022-10-01T02:30:00.25+02:00")}]"),
        Encoding.UTF8.GetBytes(
            Sample.Message().Replace("\"header\":{", "\"header\":{\"correlationId\":[1,{\"a\":null}],", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_is_pushed_has_one_of_the_documented_outcomes(int seed)
    {
        var mutator = new Mutator(seed, JsonWords.All);
        var valid = 0;
        for (var n = 0; n < Mutations; n++)
        {
            var body = mutator.Mutate(Seeds[n % Seeds.Length]);
            var readings = ReadingsOf(body);
            foreach (var reading in readings)
            {
                valid += await CheckAsync(reading) ? 1 : 0;
            }
        }

        Assert.True(valid > Mutations / 100, $"Only {valid} mutations were valid: the fuzz tells too little.");
    }

    [Theory]
    [InlineData(3)]
    public async Task Of_spoiled_lines_each_has_an_outcome_of_its_own(int seed)
    {
        var mutator = new Mutator(seed, JsonWords.All);
        var whole = Encoding.UTF8.GetBytes($"{Sample.Message(messageId: "water_lu_1")}\n{Sample.Message(messageId: "water_lu_2")}\r\n");
        for (var n = 0; n < Mutations / 4; n++)
        {
            var batch = Assert.IsType<Push.Batch>(Push.ReadLines(mutator.Mutate(whole), Now));
            foreach (var reading in batch.Readings.OfType<MessageReading>())
            {
                await CheckAsync(reading);
            }
        }
    }

    private static IReadOnlyList<MessageReading> ReadingsOf(byte[] body)
    {
        switch (Push.ReadJson(body, Now))
        {
            case Push.One one:
                Assert.True(IsJson(body));
                return [one.Reading];
            case Push.Batch batch:
                Assert.True(IsJson(body));
                Assert.DoesNotContain(null, batch.Readings);
                return [.. batch.Readings.OfType<MessageReading>()];
            case Push.Malformed malformed:
                Assert.False(IsJson(body), $"{malformed.Detail} {Encoding.UTF8.GetString(body)}");
                return [];
            default:
                throw new InvalidOperationException("An outcome that nobody documented.");
        }
    }

    /// <returns>Whether the message is valid.</returns>
    private static async Task<bool> CheckAsync(MessageReading reading)
    {
        if (reading is MessageReading.Invalid invalid)
        {
            Assert.InRange(invalid.Errors.Count, 1, MessageLimits.Errors + 1);
            Assert.All(invalid.Errors, error => Assert.True(Enum.TryParse<ReasonCode>(error.Code, out _), error.Code));
            return false;
        }

        var message = Assert.IsType<MessageReading.Valid>(reading).Message;
        using var document = JsonDocument.Parse(message.Body, Like);
        Assert.Equal(document.RootElement.GetProperty("header").GetProperty("messageId").GetString(), message.MessageId);
        Assert.Equal(document.RootElement.GetProperty("gatewayData").GetProperty("datapointValues").GetArrayLength(), message.Readings);
        Assert.True(message.FirstInstant <= message.LastInstant);
        await AssertOnlyTheMessageIdChangesAsync(message);
        return true;
    }

    /// <summary>What goes to e-Sight is the sender's bytes but for the messageId, which ends in the send id.</summary>
    private static async Task AssertOnlyTheMessageIdChangesAsync(GatewayMessage message)
    {
        var sendId = Guid.CreateVersion7().ToString();
        using var content = new SplicedContent(message.Body, message.SpliceAt, sendId);
        var sent = await content.ReadAsByteArrayAsync();

        Assert.Equal(content.Headers.ContentLength, sent.Length);
        byte[] withoutTheId = [.. sent[..message.SpliceAt], .. sent[(message.SpliceAt + 1 + sendId.Length)..]];
        Assert.Equal(message.Body.ToArray(), withoutTheId);
        using var document = JsonDocument.Parse(sent, Like);
        Assert.Equal($"{message.MessageId}_{sendId}", document.RootElement.GetProperty("header").GetProperty("messageId").GetString());
    }

    private static bool IsJson(byte[] body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Like);
            return AllTextIsWhole(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The document model finds half a surrogate pair only when it is asked for the text.
    private static bool AllTextIsWhole(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(AllTextIsWhole),
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && AllTextIsWhole(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
