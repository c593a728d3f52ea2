using System.Diagnostics;
using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Floods;

/// <summary>A few users at their usual work: each pushes, and logs in now and then.</summary>
internal sealed class LegitimateUsers(StackDescription stack)
{
    private const int Users = 4;
    private const int LoginEvery = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);
    private readonly MessageMaker _maker = new($"electricity_lu_flood_{Environment.ProcessId}_");
    private int _refused;

    public Latencies Pushes { get; } = new();

    public Latencies Logins { get; } = new();

    /// <summary>Answers that were neither a token nor a 202.</summary>
    public int TakeRefused() => Interlocked.Exchange(ref _refused, 0);

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Users).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        GatewayUser? user = null;
        for (var n = 0; !cancellationToken.IsCancellationRequested; n++)
        {
            user = user is null || n % LoginEvery == 0 ? await LoginAsync(user) : user;
            if (user is not null)
            {
                await PushAsync(user);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        user?.Dispose();
    }

    private async Task<GatewayUser?> LoginAsync(GatewayUser? former)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var user = await GatewayUser.LoginAsync(stack.SendGateway, stack.ApiKeys["internal"], stack.Users["sender"]);
            former?.Dispose();
            return user;
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _refused);
            return former;
        }
        finally
        {
            Logins.Add(Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task PushAsync(GatewayUser user)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await user.PushAsync(_maker.Next().Body);
        Pushes.Add(Stopwatch.GetElapsedTime(started));
        Interlocked.Add(ref _refused, answer.IsSuccessStatusCode ? 0 : 1);
    }
}
