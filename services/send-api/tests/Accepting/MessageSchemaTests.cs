using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.Testing;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>The published schema of a message says what the validator does.</summary>
public sealed class MessageSchemaTests
{
    private static readonly JsonElement Document =
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "gateway", "message.v1.schema.json")));

    private static readonly JsonSchema Schema = new(Document);
    private static readonly DateTimeOffset Now = new(2022, 10, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(20_221_001)]
    [InlineData(int.MaxValue)]
    public void The_schema_and_the_validator_judge_random_messages_alike(int seed)
    {
        var messages = new MessageMutations(seed);
        var (good, bad) = (0, 0);
        for (var n = 0; n < 3_000; n++)
        {
            var body = MessageMutations.ToBytes(messages.Next());
            var valid = IsValid(body);
            Assert.True(
                valid == Schema.Accepts(JsonElement.Parse(body)),
                $"The validator {(valid ? "takes" : "refuses")} {Encoding.UTF8.GetString(body)}");
            (good, bad) = valid ? (good + 1, bad) : (good, bad + 1);
        }

        Assert.True(good > 500 && bad > 500, $"{good} good, {bad} bad");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void The_schema_and_the_validator_count_readings_alike(int readings, bool valid)
    {
        const string reading = """{"datapointKey":"kwh","value":1,"tsIso8601":"2022-10-01T00:00:00Z"}""";
        var body = Sample.Message();
        var start = body.IndexOf('[', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes($"{body[..start]}[{string.Join(',', Enumerable.Repeat(reading, readings))}]}}}}");

        Assert.Equal((valid, valid), (IsValid(bytes), Schema.Accepts(JsonElement.Parse(bytes))));
    }

    [Theory]
    [InlineData("\"messageType\"", "\"messageType\":\"x\",\"messageType\"", "twice")]
    [InlineData("\"header\":{", "\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],\"header\":{", "32 levels")]
    [InlineData("gatewayDataUpdate", "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", "200 bytes")]
    [InlineData("12.5", "1e301", "exponent beyond 300")]
    [InlineData("12.5", "12345678901234567890123456789012345678901234567890123456789012345", "64 characters")]
    [InlineData("2022-10-01T00:00:00Z", "1989-12-31T23:59:59Z", "1990")]
    [InlineData("2022-10-01T00:00:00Z", "2100-01-01T00:00:00Z", "2099")]
    public void What_a_schema_cannot_say_its_description_does(string from, string to, string words)
    {
        var body = Encoding.UTF8.GetBytes(Sample.Message().Replace(from, to, StringComparison.Ordinal));

        Assert.Equal((false, true), (IsValid(body), Schema.Accepts(JsonElement.Parse(body))));
        Assert.Contains(words, Document.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private static bool IsValid(byte[] body) => Push.ReadJson(body, Now) is Push.One { Reading: MessageReading.Valid };
}
