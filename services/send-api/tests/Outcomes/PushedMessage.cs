using System.Text;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>A message of a test, a reading for each instant; what is not said is the same for all.</summary>
internal sealed record PushedMessage(string MessageId)
{
    public string Sender { get; init; } = "sender";

    public string Market { get; init; } = "lu";

    public string Feed { get; init; } = "electricity";

    public string Site { get; init; } = "VPC";

    public string Meter { get; init; } = "LU_VPC_Elec_4";

    public IReadOnlyList<(string Instant, string Value)> Readings { get; init; } =
        [("2022-10-01T00:00:00Z", "1.50"), ("2022-10-01T00:30:00Z", "2")];

    /// <summary>Whether the readings come before the header, as JSON allows.</summary>
    public bool DataFirst { get; init; }

    public byte[] ToBytes()
    {
        var header = $$""" "header":{"gatewayTypeUrn":"urn:esight:assets:edm:{{Market}}:{{Feed}}","gatewayUrn":"urn:esight:edm:{{Site}}:{{Meter}}","messageId":"{{MessageId}}"} """;
        var readings = Readings.Select(reading => $$"""{ "datapointKey" : "kwh", "value": {{reading.Value}} ,"tsIso8601":"{{reading.Instant}}", "note":"]" }""");
        var data = $$""" "gatewayData":{ "datapointValues" : [ {{string.Join(" ,\n", readings)}} ] , "more": [1]} """;
        return Encoding.UTF8.GetBytes($$"""{"messageType":"gatewayDataUpdate",{{(DataFirst ? $"{data},{header}" : $"{header},{data}")}}}""");
    }
}
