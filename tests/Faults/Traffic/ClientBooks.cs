using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>What the clients were told: the other side of every comparison.</summary>
internal sealed class ClientBooks
{
    private readonly ConcurrentDictionary<string, SentMessage> _messages = new(StringComparer.Ordinal);
    private int _order;

    /// <summary>By messageId.</summary>
    public IReadOnlyDictionary<string, SentMessage> Messages => _messages;

    public int Accepted => _messages.Count;

    /// <summary>Error reports that got their 201, or the 200 of a repeat.</summary>
    public ConcurrentBag<SentReport> Reports { get; } = [];

    /// <summary>Pushes and reports that got no final answer although everything was well again.</summary>
    public ConcurrentBag<string> Unanswered { get; } = [];

    /// <summary>Answers that no fault excuses.</summary>
    public ConcurrentBag<string> Wrong { get; } = [];

    /// <summary>How many answers of each status there were; 0 for none.</summary>
    public ConcurrentDictionary<int, int> Statuses { get; } = [];

    /// <summary>Takes the answer to a push.</summary>
    /// <returns>What must be pushed again.</returns>
    public List<Push> Take(List<Push> pushes, ClientAnswer answer)
    {
        Statuses.AddOrUpdate((int)answer.Status, 1, (_, count) => count + 1);
        switch (answer.Status)
        {
            case HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.MultiStatus when answer.Body.TryGetProperty(
                "items", out var items):
                return [.. items.EnumerateArray().Where(item => !TakeItem(pushes[item.GetProperty("index").GetInt32()], item))
                    .Select(item => pushes[item.GetProperty("index").GetInt32()])];
            case HttpStatusCode.OK or HttpStatusCode.Accepted:
                Enter(pushes[0], answer.Body);
                return [];
            default:
                Judge(answer);
                return pushes;
        }
    }

    /// <summary>Takes the answer to a report; false when it must be posted again.</summary>
    public bool Take(SentReport report, ClientAnswer answer)
    {
        if (answer.Status is HttpStatusCode.Created or HttpStatusCode.OK)
        {
            Reports.Add(report);
            return true;
        }

        Judge(answer);
        return false;
    }

    private bool TakeItem(Push push, JsonElement item)
    {
        var status = item.GetProperty("status").GetInt32();
        if (status is 200 or 202)
        {
            Enter(push, item);
            return true;
        }

        if (status != 503)
        {
            Wrong.Add($"{push.MessageId}: {item.GetRawText()}");
        }

        return false;
    }

    private void Enter(Push push, JsonElement result)
    {
        var sent = new SentMessage(push, result.GetProperty("sendId").GetString()!, Interlocked.Increment(ref _order));
        var kept = _messages.GetOrAdd(push.MessageId, sent);
        if (kept.SendId != sent.SendId)
        {
            Wrong.Add($"{push.MessageId} was accepted as {kept.SendId} and as {sent.SendId}");
        }
    }

    // A dependency that is away is 503 of the service, 502 or 504 of the gateway; 401 when the gateway could not look at a key.
    private void Judge(ClientAnswer answer)
    {
        if (answer.Status is not (0 or HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
        {
            Wrong.Add($"{(int)answer.Status} {answer.Body}");
        }
    }
}
