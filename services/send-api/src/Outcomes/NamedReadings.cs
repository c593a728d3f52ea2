using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Finds the readings of a message that an error item names.</summary>
internal static class NamedReadings
{
    /// <summary>
    /// The places of the readings with the item's datapointKey and instant. The value only chooses among twins: where one of
    /// them has the item's value, those that have it are meant; equal twins are all meant.
    /// </summary>
    /// <param name="body">The message as it was sent.</param>
    /// <param name="item">The error item.</param>
    public static IReadOnlyList<int> Find(ReadOnlyMemory<byte> body, ErrorEvent item)
    {
        if (item.DatapointKey is null || item.TsIso8601 is null
            || !Instant.TryParse(Encoding.UTF8.GetBytes(item.TsIso8601), out var instant))
        {
            return [];
        }

        using var document = JsonDocument.Parse(body);
        var twins = document.RootElement.GetProperty("gatewayData").GetProperty("datapointValues").EnumerateArray()
            .Select((reading, index) => (Index: index, Reading: reading))
            .Where(entry => entry.Reading.GetProperty("datapointKey").ValueEquals(item.DatapointKey) && InstantOf(entry.Reading) == instant)
            .Select(entry => (entry.Index, Value: entry.Reading.GetProperty("value").GetRawText()))
            .ToList();
        var same = twins.Where(twin => IsSameNumber(twin.Value, item.Value)).ToList();
        return [.. (same.Count > 0 ? same : twins).Select(twin => twin.Index)];
    }

    private static long? InstantOf(JsonElement reading) =>
        Instant.TryParse(Encoding.UTF8.GetBytes(reading.GetProperty("tsIso8601").GetString()!), out var ticks) ? ticks : null;

    private static bool IsSameNumber(string ours, string? theirs) =>
        theirs is not null
        && (ours == theirs
            || (decimal.TryParse(ours, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
                && decimal.TryParse(theirs, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
                && left == right));
}
