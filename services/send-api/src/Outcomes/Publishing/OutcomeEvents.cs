using System.Text.Json;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// Makes the events of outbox rows: one per reading of a message whose fate is decided, one per message that waits too long.
/// </summary>
internal sealed class OutcomeEvents(Database database, ImportOrigins origins)
{
    private const string Columns =
        "id, message_key, sender, market, feed, site, meter, readings, accepted_at, traceparent, resend_of";

    private const string SizesOf = "SELECT id, OCTET_LENGTH(body) FROM messages WHERE id IN @ids";
    private const string MessagesOf = $"SELECT {Columns} FROM messages WHERE id IN @ids";
    private const string BodiesOf = $"SELECT {Columns}, body FROM messages WHERE id IN @ids";

    // What is held in memory at a time, but for a single message that is larger.
    private const long BytesAtOnce = 4 * 1024 * 1024;

    /// <summary>The events of outcomes, a few messages at a time: one of them may have thousands of readings.</summary>
    public async IAsyncEnumerable<DeliveryEvent> OfAsync(IReadOnlyList<(byte[] Row, ToldOutcome Told)> outcomes)
    {
        var sizes = (await database.QueryAsync<(byte[] Id, long Bytes)>(SizesOf, new { ids = IdsOf(outcomes) }, CancellationToken.None))
            .ToDictionary(size => new Guid(size.Id, bigEndian: true), size => size.Bytes);
        foreach (var group in Groups([.. outcomes.Where(outcome => sizes.ContainsKey(outcome.Told.SendId))], sizes))
        {
            var messages = await ReadAsync(BodiesOf, IdsOf(group));
            var imported = await origins.FindAsync([.. group.Select(outcome => outcome.Told)]);
            foreach (var (row, told) in group)
            {
                foreach (var one in Of(messages[told.SendId], row, told, imported.GetValueOrDefault(told.SendId)))
                {
                    yield return one;
                }
            }
        }
    }

    /// <summary>The events of messages that wait.</summary>
    public async Task<IReadOnlyList<AgeEvent>> OfAsync(IReadOnlyList<(byte[] Row, ToldAge Told)> ages)
    {
        var messages = await ReadAsync(MessagesOf, ages.Select(age => age.Told.SendId.ToByteArray(bigEndian: true)).Distinct());
        return [.. ages.Where(age => messages.ContainsKey(age.Told.SendId))
            .Select(age => Of(messages[age.Told.SendId], age.Row, age.Told))];
    }

    private static IEnumerable<byte[]> IdsOf(IEnumerable<(byte[] Row, ToldOutcome Told)> outcomes) =>
        outcomes.Select(outcome => outcome.Told.SendId).Distinct().Select(id => id.ToByteArray(bigEndian: true));

    private static IEnumerable<List<(byte[] Row, ToldOutcome Told)>> Groups(
        List<(byte[] Row, ToldOutcome Told)> outcomes, Dictionary<Guid, long> sizes)
    {
        var group = new List<(byte[] Row, ToldOutcome Told)>();
        var bytes = 0L;
        foreach (var outcome in outcomes)
        {
            if (group.Count > 0 && bytes + sizes[outcome.Told.SendId] > BytesAtOnce)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(outcome);
            bytes += sizes[outcome.Told.SendId];
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static IEnumerable<DeliveryEvent> Of(ToldMessage message, byte[] row, ToldOutcome told, ImportOrigin? origin)
    {
        using var body = JsonDocument.Parse(message.Body);
        var header = body.RootElement.GetProperty("header");
        var channel = $"{header.GetProperty("gatewayTypeUrn").GetString()}|{header.GetProperty("gatewayUrn").GetString()}|";
        var reading = 0;
        foreach (var value in body.RootElement.GetProperty("gatewayData").GetProperty("datapointValues").EnumerateArray())
        {
            var key = value.GetProperty("datapointKey").GetString()!;
            yield return new DeliveryEvent(message, told, origin)
            {
                EventId = EventIds.Of(row, reading),
                Reading = reading++,
                DataImportCode = channel + key,
                DatapointKey = key,
                TsIso8601 = value.GetProperty("tsIso8601").GetString()!,
                Value = value.GetProperty("value").GetRawText(),
            };
        }
    }

    private static AgeEvent Of(ToldMessage message, byte[] row, ToldAge told) => new()
    {
        EventId = EventIds.Of(row, 0),
        SendId = told.SendId,
        MessageId = message.MessageKey,
        Sender = message.Sender,
        Market = message.Market,
        Feed = message.Feed,
        Site = message.Site,
        Meter = message.Meter,
        State = StatusStore.NameOf(told.State),
        Reason = told.Reason,
        Attempts = told.Attempts,
        AcceptedAt = message.AcceptedAt,
        Since = told.Since,
        ThresholdMinutes = told.ThresholdMinutes,
        At = told.At,
    };

    private async Task<Dictionary<Guid, ToldMessage>> ReadAsync(string sql, IEnumerable<byte[]> ids) =>
        (await database.QueryAsync<ToldMessage>(sql, new { ids }, CancellationToken.None))
            .ToDictionary(message => new Guid(message.Id, bigEndian: true));
}
