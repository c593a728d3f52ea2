namespace EnergyLoad.SendApi.Accepting;

/// <summary>The limits that the public contract states (gateway/openapi-send.yaml).</summary>
internal static class MessageLimits
{
    public const int Depth = 32;
    public const int Readings = 10_000;
    public const int TextBytes = 200;
    public const int NumberBytes = 64;
    public const int NumberExponent = 300;
    public const int Errors = 100;
    public const int BatchMessages = 1_000;

    public static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
