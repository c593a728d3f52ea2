using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>
/// Senders that push again until they have their answer, and an e-Sight that reports errors, for as long as a scenario lasts.
/// </summary>
internal sealed class TrafficRun : IAsyncDisposable
{
    private const string Send = "/api/v1/service/send/";
    private const string Receive = "/api/v1/service/receive/errorjson";
    private const int Senders = 6;
    private const int Reporters = 3;
    private const int BatchSize = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan PauseBetweenReports = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StackDescription _stack;
    private readonly MessageMaker _maker;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givingUp = new();
    private readonly Task _running;

    public TrafficRun(FaultWorld world, string prefix, int seed)
    {
        (_stack, Prefix, _maker) = (world.Stack, prefix, new MessageMaker(prefix));
        _running = Task.WhenAll([
            .. Enumerable.Range(0, Senders).Select(n => SendAsync(n, new Random(seed + n))),
            .. Enumerable.Range(0, Reporters).Select(n => ReportAsync(n, new Random(seed - 1 - n)))]);
    }

    /// <summary>What every messageId of this run starts with.</summary>
    public string Prefix { get; }

    public ClientBooks Books { get; } = new();

    /// <summary>Waits until so many more messages are accepted.</summary>
    public Task MoreAsync(int messages)
    {
        var least = Books.Accepted + messages;
        return Eventually.GetAsync(() => Task.FromResult(Books.Accepted), accepted => accepted >= least, Patience);
    }

    /// <summary>Takes no new messages, and gives those under way the time to get their answer.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _givingUp.CancelAfter(Patience);
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _givingUp.CancelAsync();
        await _running;
        _stopping.Dispose();
        _givingUp.Dispose();
    }

    private async Task SendAsync(int number, Random random)
    {
        using var sender = new PatientUser(_stack.SendGateway, _stack.ApiKeys["internal"], _stack.Users["sender"]);
        while (!_stopping.IsCancellationRequested)
        {
            List<Push> pushes = number == 0
                ? [_maker.NextOfChain()]
                : [.. Enumerable.Range(0, random.Next(10) == 0 ? BatchSize : 1).Select(_ => _maker.Next())];
            await PushAsync(sender, pushes);
            await Task.Delay(Pause);
        }
    }

    private async Task PushAsync(PatientUser sender, List<Push> pushes)
    {
        while (true)
        {
            var body = pushes.Count == 1 ? pushes[0].Body : $"[{string.Join(',', pushes.Select(push => push.Body))}]";
            pushes = Books.Take(pushes, await sender.PostAsync(Send, body));
            if (pushes.Count == 0)
            {
                return;
            }

            if (_givingUp.IsCancellationRequested)
            {
                pushes.ForEach(push => Books.Unanswered.Add(push.MessageId));
                return;
            }

            await Task.Delay(PauseAfterRefusal);
        }
    }

    private async Task ReportAsync(int number, Random random)
    {
        using var esight = new PatientUser(_stack.ReceiveGateway, _stack.ApiKeys["esight"], _stack.Users["esight"]);
        for (var n = 0; !_stopping.IsCancellationRequested; n++)
        {
            await Task.Delay(PauseBetweenReports);
            var known = Books.Messages.Values.Where(sent => sent.Push.Chain is null).Take(1000).ToArray();
            if (known.Length > 0)
            {
                await ReportAsync(esight, known[random.Next(known.Length)], $"{Prefix}{number}_{n}", random.Next(MessageMaker.Readings));
            }
        }
    }

    private async Task ReportAsync(PatientUser esight, SentMessage sent, string id, int reading)
    {
        var (start, end) =
            (sent.Push.Body.IndexOf('[', StringComparison.Ordinal) + 1, sent.Push.Body.IndexOf(']', StringComparison.Ordinal));
        var item = sent.Push.Body[start..end].Split("},{")[reading].Trim('{', '}');
        var report = $$$"""
            {"_id":"{{{id}}}","header":{"messageId":"{{{sent.Push.MessageId}}}_{{{sent.SendId}}}","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{"errorCode":"E1","errorMessage":"fault run",{{{item}}}}]}
            """;
        while (!Books.Take(new SentReport(id, sent.SendId), await esight.PostAsync(Receive, report)))
        {
            if (_givingUp.IsCancellationRequested)
            {
                Books.Unanswered.Add(id);
                return;
            }

            await Task.Delay(PauseAfterRefusal);
        }
    }
}
