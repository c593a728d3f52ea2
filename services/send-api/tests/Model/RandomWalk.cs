using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Model;

/// <summary>Random steps through the service's routes, each done to a model as well.</summary>
internal sealed class RandomWalk(SendWorld world, int seed)
{
    private static readonly (string From, string To)[] Spoilings =
    [
        ("\"messageType\":", "\"messageType\":7,\"was\":"), ("\"value\":", "\"value\":\"x\",\"was\":"), ("\"tsIso8601\":\"", "\"tsIso8601\":\"on "),
        ("urn:esight:assets:", "urn:other:"), ("\"messageId\":", "\"id\":"), ("\"datapointValues\"", "\"values\""), ("{", ""), ("}", "}]"),
    ];

    private readonly Random _random = new(seed);
    private readonly List<object> _events = [];
    private int _pushed;

    public List<ModelMessage> Messages { get; } = [];

    /// <summary>All messages of the walk are of this market.</summary>
    public string Market { get; } = $"m{seed.ToString(CultureInfo.InvariantCulture)}";

    public Task StepAsync() => _random.Next(20) switch
    {
        < 6 => PushAsync(),
        6 => PushManyAsync(),
        7 => RepeatAsync(),
        8 => ContradictAsync(),
        9 => PushInvalidAsync(),
        10 or 11 => CancelAsync(),
        12 => ResendAsync(),
        13 => ResendRejectedAsync(),
        < 17 => DeliverAsync(_random.Next(1, 6), () => _random.Next(10) switch { < 6 => HttpStatusCode.OK, < 8 => HttpStatusCode.BadRequest, _ => HttpStatusCode.ServiceUnavailable }),
        17 or 18 => ReportAsync(),
        _ => RepeatReportAsync(),
    };

    /// <summary>Delivers up to so many messages; e-Sight's answers are chosen one by one.</summary>
    public async Task DeliverAsync(int most, Func<HttpStatusCode> answer)
    {
        foreach (var (id, status) in await world.Rooms.DeliverAsync(most, answer))
        {
            var message = Messages.Single(one => one.SendId == id.ToString());
            Assert.True(message.IsPending, $"{message.MessageId} was {message.State} and went out");
            message.Attempts++;
            message.WentOut = true;
            message.State = status switch { HttpStatusCode.OK => "delivered", HttpStatusCode.BadRequest => "rejected", _ => message.State };
        }
    }

    private async Task PushAsync()
    {
        var content = NewContent();
        using var answer = await world.PushAsync(content.ToBytes());
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Messages.Add(new ModelMessage(Text(await SendWorld.JsonAsync(answer), "sendId"), content.MessageId, content));
    }

    private async Task PushManyAsync()
    {
        var contents = Enumerable.Range(0, _random.Next(2, 6)).Select(_ => NewContent()).ToList();
        var lines = contents.Select(content => Encoding.UTF8.GetString(content.ToBytes()).ReplaceLineEndings(" ")).Append("not a message");
        using var answer = await world.PushAsync(string.Join('\n', lines), "application/x-ndjson");
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        var items = (await SendWorld.JsonAsync(answer)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(400, items[^1].GetProperty("status").GetInt32());
        Messages.AddRange(contents.Select((content, place) => new ModelMessage(Text(items[place], "sendId"), content.MessageId, content)));
    }

    private async Task RepeatAsync()
    {
        if (AnyOf(message => !message.MessageId.Contains('#', StringComparison.Ordinal)) is not { } message)
        {
            return;
        }

        // One that came as a line of many was written without line ends.
        using var answer = await world.PushAsync(message.Content.ToBytes());
        using var other = await world.PushAsync(Encoding.UTF8.GetString(message.Content.ToBytes()).ReplaceLineEndings(" "));
        var same = answer.StatusCode == HttpStatusCode.OK ? answer : other;
        Assert.Equal((HttpStatusCode.OK, message.SendId), (same.StatusCode, Text(await SendWorld.JsonAsync(same), "sendId")));
    }

    private async Task ContradictAsync()
    {
        if (AnyOf(message => !message.MessageId.Contains('#', StringComparison.Ordinal)) is { } message)
        {
            using var answer = await world.PushAsync((message.Content with { DataFirst = true }).ToBytes());
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }
    }

    private async Task PushInvalidAsync()
    {
        var (from, to) = Spoilings[_random.Next(Spoilings.Length)];
        var body = Encoding.UTF8.GetString(NewContent().ToBytes());
        var at = body.IndexOf(from, StringComparison.Ordinal);
        using var answer = await world.PushAsync($"{body[..at]}{to}{body[(at + from.Length)..]}");
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode} for {to}");
    }

    private async Task CancelAsync()
    {
        if (AnyOf(_ => true) is { } message)
        {
            using var answer = await world.SendAsync(HttpMethod.Post, $"{SendWorld.Send}/{message.SendId}/cancel");
            Assert.Equal(message.IsPending ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer.StatusCode);
            message.State = message.IsPending ? "cancelled" : message.State;
        }
    }

    private async Task ResendAsync()
    {
        if (AnyOf(_ => true) is not { } message)
        {
            return;
        }

        using var answer = await world.SendAsync(HttpMethod.Post, $"{SendWorld.Send}/{message.SendId}/resend", body: new { force = true });
        Assert.Equal(message.IsPending ? HttpStatusCode.Conflict : HttpStatusCode.Accepted, answer.StatusCode);
        if (!message.IsPending)
        {
            message.StartCycle();
        }
    }

    private async Task ResendRejectedAsync()
    {
        if (AnyOf(_ => true) is not { } message)
        {
            return;
        }

        using var answer = await world.SendAsync(
            HttpMethod.Post, $"{SendWorld.Send}/{message.SendId}/resend", body: new { only = "rejectedReadings", force = true });
        var places = message.State == "rejected" ? Enumerable.Range(0, message.Readings).ToList() : [.. message.Rejected];
        var expected = message.IsPending || places.Count == 0 ? HttpStatusCode.Conflict : HttpStatusCode.Accepted;
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Accepted)
        {
            var item = (await SendWorld.JsonAsync(answer)).GetProperty("items")[0];
            var key = message.MessageId.Split('#')[0];
            var number = Messages.Count(one => one.MessageId.StartsWith($"{key}#", StringComparison.Ordinal)) + 1;
            var part = message.Content with { Readings = [.. places.Select(place => message.Content.Readings[place])] };
            Messages.Add(new ModelMessage(Text(item, "sendId"), $"{key}#r{number}", part));
        }
    }

    private async Task ReportAsync()
    {
        // What never went out cannot be reported.
        if (AnyOf(one => one.State != "cancelled") is not { } message)
        {
            return;
        }

        int? place = _random.Next(4) == 0 ? null : _random.Next(message.Readings);
        var item = EventOf(message, place);
        _events.Add(item);
        await ReportAsync(item);
        message.Report(place);
    }

    private Task RepeatReportAsync() => ReportAsync(_events.Count == 0 || _random.Next(3) == 0
        ? EventOf(new ModelMessage(Guid.CreateVersion7().ToString(), "unknown", NewContent()), place: null)
        : _events[_random.Next(_events.Count)]);

    private async Task ReportAsync(object item)
    {
        using var request = await world.RequestAsync(HttpMethod.Post, "/internal/pubsub/error-reports", user: null, "pubsub-push");
        var data = JsonSerializer.SerializeToUtf8Bytes(item);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { message = new { data, messageId = "1" }, subscription = "s" }), Encoding.UTF8, "application/json");
        using var answer = await world.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static object EventOf(ModelMessage message, int? place) => new
    {
        version = "1",
        eventId = Guid.NewGuid(),
        esightId = "e",
        messageId = $"{message.MessageId}_{message.SendId}",
        sendId = message.SendId,
        errorCode = "E1",
        errorMessage = "no",
        datapointKey = place is null ? null : "kwh",
        tsIso8601 = place is { } named ? message.Content.Readings[named].Instant : null,
        receivedAt = DateTimeOffset.UtcNow,
    };

    private PushedMessage NewContent()
    {
        var n = _pushed++;
        var readings = Enumerable.Range(0, _random.Next(1, 5))
            .Select(hour => ($"2022-10-{1 + (n % 28):00}T{hour:00}:{_random.Next(60):00}:00Z", (_random.Next(0, 9_999) / 100m).ToString(CultureInfo.InvariantCulture)));
        return new PushedMessage($"electricity_{Market}_{n}") { Market = Market, Meter = $"{Market}-{n % 7}", Readings = [.. readings] };
    }

    private ModelMessage? AnyOf(Func<ModelMessage, bool> isFit)
    {
        var fit = Messages.Where(isFit).ToList();
        return fit.Count == 0 ? null : fit[_random.Next(fit.Count)];
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
