namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>What the receive gateway said, or status 0 when it could not be reached.</summary>
internal sealed record GatewayAnswer(int Status, string? ContentType, byte[] Body)
{
    public static readonly GatewayAnswer Unreachable = new(0, null, []);

    public bool IsTaken => Status is >= 200 and < 300;

    public bool IsUnavailable => Status is 0 or StatusCodes.Status429TooManyRequests or >= 500;

    /// <summary>The gateway judged the report itself: sending it again cannot help.</summary>
    public bool IsFinal => Status is 400 or 404 or 405 or 409 or 413 or 415 or 422;
}
