using System.Text.Json.Nodes;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>A body for each operation that takes one, with every member that its schema names, new each time.</summary>
internal static class ValidBodies
{
    public const string Password = "nine umbrellas over 2 bridges";
    public const string Site = "LU_CONF";
    public const string Instant = "2022-10-01T00:00:00Z";
    public const string Meter = "LU_CONF_Elec_1";

    public static string? For(PublicOperation operation) => operation.Body is null ? null : Of(operation.Id);

    public static string Of(string operation) => operation switch
    {
        "Login" => """{"username":"nobody-of-that-name","password":"nobody's password"}""",
        "ChangeOwnPassword" => $$"""{"current":"{{Password}}","new":"{{Password}} again"}""",
        "CreateUser" => $$"""{"username":"{{NewName()}}","password":"{{Password}}","type":"user, sender"}""",
        "EditUser" => $$"""{"password":"{{Password}}","type":"user","status":"active"}""",
        "SendMessages" => Message(),
        "ResendMessage" => """{"only":"all","dryRun":true,"force":false}""",
        "ResendMessages" => """
            {"filter":{"messageId":"x","sender":"x","errorCode":"x","market":"lu","feed":"x","site":"x","meter":"x",
            "state":"settled","reason":"Success","from":"2022-10-01T00:00:00Z","to":"2022-10-02T00:00:00Z"},
            "only":"all","dryRun":true,"force":false}
            """,
        "ReceiveErrorReport" => Report("electricity_lu_20221001_1"),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Has no body."),
    };

    public static string NewName() => $"conf-{Guid.NewGuid():n}"[..20];

    public static string Message(string value = "1.5", string meter = Meter, string instant = Instant, string? messageId = null)
    {
        var id = messageId ?? $"electricity_lu_{Guid.NewGuid():n}";
        return new JsonObject
        {
            ["messageType"] = "gatewayDataUpdate",
            ["header"] = new JsonObject
            {
                ["gatewayTypeUrn"] = "urn:esight:assets:edm:lu:electricity",
                ["gatewayUrn"] = $"urn:esight:edm:CONF:{meter}",
                ["messageId"] = id,
            },
            ["gatewayData"] = new JsonObject
            {
                ["datapointValues"] = new JsonArray(
                    new JsonObject { ["datapointKey"] = "kwh", ["value"] = JsonNode.Parse(value), ["tsIso8601"] = instant }),
            },
        }.ToJsonString();
    }

    public static string Report(string messageId, string? id = null, string errorMessage = "out of range") => new JsonObject
    {
        ["_id"] = id ?? $"{Guid.NewGuid():n}",
        ["header"] = new JsonObject { ["messageId"] = messageId, ["received_tsIso8601"] = "2022-10-01T00:05:00Z" },
        ["errors"] = new JsonArray(new JsonObject
        {
            ["errorCode"] = "E1", ["errorMessage"] = errorMessage, ["datapointKey"] = "kwh", ["value"] = 1.5, ["tsIso8601"] = Instant,
        }),
    }.ToJsonString();
}
