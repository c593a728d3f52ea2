namespace EnergyLoad.SendApi.Tests;

internal static class Sample
{
    /// <summary>A valid message; texts are put in as they are written, escapes included.</summary>
    public static string Message(
        string messageId = "electricity_lu_20221001_000123",
        string meter = "LU_VPC_Elec_4",
        string first = "2022-10-01T00:00:00Z",
        string last = "2022-10-01T00:30:00Z",
        string value = "12.5") =>
        $$$"""
        {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:VPC:{{{meter}}}","messageId":"{{{messageId}}}"},"gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":{{{value}}},"tsIso8601":"{{{first}}}"},{"datapointKey":"kwh","value":0,"tsIso8601":"{{{last}}}"}]}}
        """;
}
