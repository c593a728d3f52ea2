namespace EnergyLoad.SendApi.Accepting;

/// <summary>What is known of the data feed types.</summary>
internal static class Feeds
{
    private static readonly string[] Consumption = ["electricity", "gas", "water", "heat", "cooling", "steam", "oil"];

    /// <summary>True where a reading is an amount that was consumed, so that a negative one is suspicious.</summary>
    public static bool IsConsumption(string feed) =>
        Consumption.Any(known => feed.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}
