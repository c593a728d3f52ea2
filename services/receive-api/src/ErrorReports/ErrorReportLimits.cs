namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What one report may weigh; the same figures stand in gateway/openapi-receive.yaml.</summary>
internal static class ErrorReportLimits
{
    public const int BodyBytes = 8 * 1024 * 1024;
    public const int Depth = 32;
    public const int Items = 10_000;
    public const int EsightIdBytes = 200;

    /// <summary>Longer texts are cut in the books and marked; the raw report keeps them whole.</summary>
    public const int MessageIdBytes = 512;
    public const int TimestampBytes = 64;
    public const int ErrorCodeBytes = 200;
    public const int ErrorMessageBytes = 4000;
    public const int DatapointKeyBytes = 200;
    public const int ValueBytes = 1000;
}
