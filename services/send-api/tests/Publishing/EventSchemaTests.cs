using System.Text.Json;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.Testing;

namespace EnergyLoad.SendApi.Tests.Publishing;

public sealed class EventSchemaTests
{
    private static readonly ToldMessage Message = new()
    {
        Id = new byte[16], MessageKey = "m", Sender = "s", Market = "lu", Feed = "gas", Site = "VPC", Meter = "M", Readings = 1,
        AcceptedAt = DateTimeOffset.UnixEpoch, Traceparent = null, ResendOf = null,
    };

    private static readonly ToldOutcome Outcome = new()
    {
        SendId = Guid.NewGuid(), State = MessageState.Delivered, Reason = nameof(ReasonCode.Success), Status = 200, Attempts = 1,
        Starting = DateTimeOffset.UnixEpoch, Ending = DateTimeOffset.UnixEpoch,
    };

    private static readonly DeliveryEvent Delivery = new(Message, Outcome, origin: null)
    {
        EventId =
            Guid.NewGuid(), Reading = 0, DataImportCode = "a|b|c", DatapointKey = "c", TsIso8601 = "2022-10-01T00:00:00Z", Value = "1",
    };

    private static readonly AgeEvent Age = new()
    {
        EventId =
            Guid.NewGuid(), SendId = Guid.NewGuid(), MessageId = "m", Sender = "s", Market = "lu", Feed = "gas", Site = "VPC", Meter = "M",
        State = "parked", Reason = null, Attempts = 0, AcceptedAt = DateTimeOffset.UnixEpoch, Since = DateTimeOffset.UnixEpoch,
        ThresholdMinutes = 60, At = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<string> Schemas => new("delivery-event.v1.schema.json", "age-event.v1.schema.json");

    [Theory]
    [MemberData(nameof(Schemas))]
    public void An_event_has_exactly_the_members_of_its_schema(string file)
    {
        var schema = Read(file);
        var members = PublishedAs(file).EnumerateObject().Select(member => member.Name).Order().ToArray();

        Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(), members);
        Assert.Equal(schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order(), members);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_member_has_the_type_of_its_schema(string file)
    {
        foreach (var member in PublishedAs(file).EnumerateObject())
        {
            var declared = Read(file).GetProperty("properties").GetProperty(member.Name);
            if (declared.TryGetProperty("const", out var constant))
            {
                Assert.Equal(constant.GetString(), member.Value.GetString());
            }
            else if (declared.TryGetProperty("enum", out var words))
            {
                Assert.Contains(member.Value.GetString(), words.EnumerateArray().Select(word => word.GetString()));
            }
            else
            {
                var type = declared.GetProperty("type");
                var types = type.ValueKind == JsonValueKind.Array
                    ? type.EnumerateArray().Select(one => one.GetString()!).ToArray()
                    : [type.GetString()!];
                Assert.Contains(TypeOf(member.Value), types);
            }
        }
    }

    private static JsonElement Read(string file) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "gateway", file)));

    private static JsonElement PublishedAs(string file) => file.StartsWith("age", StringComparison.Ordinal)
        ? JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(Age, PublishingJson.Default.AgeEvent))
        : JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(Delivery, PublishingJson.Default.DeliveryEvent));

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "integer",
        _ => "string",
    };
}
