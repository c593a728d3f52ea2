namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

/// <summary>Error reports as e-Sight writes them.</summary>
internal static class Reports
{
    public static string NewId() => Guid.NewGuid().ToString("n");

    public static string MessageId(Guid sendId) => $"electricity_lu_20221001_000123_{sendId}";

    public static string Item(string code, string value = "-12.50") =>
        $$"""{"errorCode":"{{code}}","errorMessage":"value below zero","datapointKey":"kwh","value":{{value}},"tsIso8601":"2022-10-01T00:00:00+02:00"}""";

    public static string With(string id, string messageId, params string[] items) =>
        $$"""{"_id":"{{id}}","header":{"messageId":"{{messageId}}","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{{string.Join(',', items)}}]}""";
}
