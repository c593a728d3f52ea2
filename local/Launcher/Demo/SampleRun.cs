using System.Net.Http.Headers;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;
using EnergyLoad.Local.Launcher.Users;

namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>
/// Pushes the sample day through the send gateway and follows each message to its end; knows of the stack only what stack.json says.
/// </summary>
internal sealed class SampleRun(HttpClient http, StackFile stack, StateFolder folder)
{
    private const string SendRoute = "/api/v1/service/send/";
    private const int Concurrency = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private readonly GatewayClient _sender = Client(http, stack, StackUsers.Sender);
    private readonly GatewayClient _backoffice = Client(http, stack, StackUsers.Backoffice);

    public async Task<SampleResult> RunAsync(Steps steps, CancellationToken cancellationToken)
    {
        var messages = SampleDay.Messages(TakeDay());
        var ends = new SampleEnd[messages.Count];
        Ledger? ledger = null;
        await steps.RunAsync(
            $"push {messages.Count} messages through the send gateway", () => PushAsync(messages, ends, cancellationToken));
        await steps.RunAsync("follow them to their ends", async () =>
        {
            await FollowAsync(ends, cancellationToken);
            ledger = await _backoffice.GetAsync<Ledger>(SendRoute + "ledger", cancellationToken);
        });
        return new SampleResult(ends, ledger!);
    }

    private static GatewayClient Client(HttpClient http, StackFile stack, string user) =>
        new(http, stack.SendGateway, stack.ApiKeys[ApiKeyNames.Internal], stack.Users[user]);

    /// <summary>Each start on the same data pushes the next day.</summary>
    private int TakeDay()
    {
        var days = PrivateFile.Read<SampleCount>(folder.SampleFile)?.Days ?? 0;
        PrivateFile.Write(folder.SampleFile, new SampleCount(days + 1));
        return days;
    }

    private async Task PushAsync(IReadOnlyList<SampleMessage> messages, SampleEnd[] ends, CancellationToken cancellationToken)
    {
        await _sender.LoginAsync(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, messages.Count, parallel, async (index, token) =>
        {
            using var content = new ByteArrayContent(messages[index].Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var accepted = await _sender.PostAsync<Accepted>(SendRoute, content, token);
            ends[index] = new SampleEnd(messages[index], accepted.SendId, new MessageStatus("accepted", []));
        });
    }

    private async Task FollowAsync(SampleEnd[] ends, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            for (var index = 0; index < ends.Length; index++)
            {
                if (!ends[index].IsExpected)
                {
                    ends[index] = ends[index] with { Status = await _sender.GetAsync<MessageStatus>(SendRoute + ends[index].SendId, cancellationToken) };
                }
            }

            if (ends.All(end => end.IsExpected))
            {
                return;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private sealed record SampleCount(int Days);
}
