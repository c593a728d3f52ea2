using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of each reading of a message: what became of the message, unless an error item names the reading.</summary>
internal static class ReadingStates
{
    /// <summary>The readings in the order of the message.</summary>
    /// <param name="message">The message's bytes.</param>
    /// <param name="messageState">What became of the message.</param>
    /// <param name="errors">Its error items, the latest last.</param>
    /// <param name="at">Only readings of this instant; null for all.</param>
    public static List<ReadingStatus> Of(
        ReadOnlyMemory<byte> message, MessageState messageState, IEnumerable<ReadingErrorRow> errors, DateTimeOffset? at = null)
    {
        var byReading = errors.ToLookup(error => error.Reading);
        using var body = JsonDocument.Parse(message);
        var readings = body.RootElement.GetProperty("gatewayData").GetProperty("datapointValues").EnumerateArray()
            .Select((reading, index) => (Index: index, Reading: reading));
        return [.. readings.Where(entry => at is null || IsOf(entry.Reading, at.Value)).Select(entry =>
        {
            var error = byReading[entry.Index].LastOrDefault();
            return new ReadingStatus(
                entry.Reading.GetProperty("datapointKey").Clone(), entry.Reading.GetProperty("tsIso8601").Clone(),
                entry.Reading.GetProperty("value").Clone(), StatusStore.NameOf(error is null ? messageState : MessageState.Rejected),
                error?.ErrorCode, error?.ErrorMessage);
        })];
    }

    private static bool IsOf(JsonElement reading, DateTimeOffset at) =>
        Instant.TryParse(Encoding.UTF8.GetBytes(reading.GetProperty("tsIso8601").GetString()!), out var ticks) && ticks == at.UtcTicks;
}
