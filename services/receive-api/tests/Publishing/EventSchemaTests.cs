using System.Text.Json;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;
using EnergyLoad.Testing;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class EventSchemaTests
{
    private static readonly JsonElement Schema =
        JsonElement.Parse(File.ReadAllBytes(System.IO.Path.Combine(Repository.Root, "gateway", "error-report-event.v1.schema.json")));

    private static readonly ErrorReportEvent Sample = new()
    {
        EventId = Guid.NewGuid(),
        ReportId = Guid.NewGuid(),
        EsightId = "a",
        Revision = 1,
        MessageId = null,
        SendId = null,
        Feed = null,
        Market = null,
        ReportMarks = [],
        ItemCount = 0,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Traceparent = null,
        Ending = DateTimeOffset.UnixEpoch,
        EsightReceived = null,
        DestinationBucket = "b",
        DestinationPath = "p",
    };

    private static readonly JsonElement Published = JsonSerializer.SerializeToElement(Sample, PublishingJson.Default.ErrorReportEvent);

    [Fact]
    public void An_event_has_exactly_the_members_of_its_schema()
    {
        var required = Schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order();

        Assert.Equal(
            Schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(),
            Published.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(Published.EnumerateObject().Select(member => member.Name).Order(), required);
    }

    [Fact]
    public void Every_member_has_the_type_of_its_schema()
    {
        foreach (var member in Published.EnumerateObject())
        {
            var declared = Schema.GetProperty("properties").GetProperty(member.Name);
            if (declared.TryGetProperty("const", out var constant))
            {
                Assert.Equal(constant.GetString(), member.Value.GetString());
                continue;
            }

            var type = declared.GetProperty("type");
            var types = type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Select(one => one.GetString()!).ToArray()
                : [type.GetString()!];
            Assert.Contains(TypeOf(member.Value), types);
        }
    }

    [Fact]
    public void The_schema_names_every_mark()
    {
        Assert.Equal(Enum.GetValues<ReportMarks>().SelectMany(mark => mark.Names()).Order(), MarksOf("reportMarks"));
        Assert.Equal(Enum.GetValues<ItemMarks>().SelectMany(mark => mark.Names()).Order(), MarksOf("itemMarks"));
    }

    private static IEnumerable<string> MarksOf(string member) =>
        Schema.GetProperty("properties").GetProperty(member).GetProperty("items").GetProperty("enum").EnumerateArray()
            .Select(mark => mark.GetString()!).Order();

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "integer",
        _ => "string",
    };
}
