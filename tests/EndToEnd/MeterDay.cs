using System.Text;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>One meter's readings of one day, as rows of text, and the message that carries them.</summary>
internal sealed record MeterDay(MeterFile File, string Day, IReadOnlyList<(string Instant, string Value)> Rows)
{
    public string MessageId => $"{File.Feed}_{File.Market}_{Day.Replace("-", "", StringComparison.Ordinal)}_{File.Meter}";

    public string ToJson()
    {
        var json = new StringBuilder($$"""
            {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:{{File.Market}}:{{File.Feed}}","gatewayUrn":"urn:esight:edm:{{File.Site}}:{{File.Meter}}","messageId":"{{MessageId}}"},"gatewayData":{"datapointValues":[
            """);
        json.AppendJoin(',', Rows.Select(row => $$"""{"datapointKey":"kwh","value":{{row.Value}},"tsIso8601":"{{row.Instant}}"}"""));
        return json.Append("]}}").ToString();
    }
}
