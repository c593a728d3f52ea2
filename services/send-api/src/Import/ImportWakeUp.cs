using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Import;

/// <summary>Sets the alarm clock of the imports: a Cloud Tasks task that says "work them off" and nothing else.</summary>
internal sealed partial class ImportWakeUp(
    [FromKeyedServices(SendMigrations.ImportDrain)] Drain drain, WakeUp wakeUp, DatabaseClock clock, TimeProvider timeProvider,
    ILogger<ImportWakeUp> logger)
    : IHostedService
{
    /// <summary>Call it after a commit. It never fails: what is committed is found by the next sweep at the latest.</summary>
    public async Task AfterCommitAsync()
    {
        if (await drain.TrySetAlarmAsync(WakeAsync, timeProvider, CancellationToken.None) is { } fault)
        {
            Log.NotSet(logger, fault);
        }
    }

    /// <summary>Sets the alarm for later, at a full second; all who set it for one second set one alarm.</summary>
    public async Task SetAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var wait = delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
        var second = (await clock.GetNowAsync(cancellationToken) + wait).ToUnixTimeSeconds() + 1;
        await wakeUp.SetAsync(
            ImportEndpoints.DrainPath, DateTimeOffset.FromUnixTimeSeconds(second), NameOf(second), cancellationToken);
    }

    /// <summary>A start may follow a crash: what was under way then is looked at now.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(StartUpAsync, cancellationToken);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Nobody waits for it, as an answer does for the alarm after a commit.
    private async Task StartUpAsync()
    {
        try
        {
            await WakeAsync(CancellationToken.None);
        }
        catch (UnavailableException exception)
        {
            Log.NotSet(logger, exception);
        }
    }

    private Task WakeAsync(CancellationToken cancellationToken) =>
        wakeUp.SetAsync(ImportEndpoints.DrainPath, delay: null, cancellationToken);

    private static string NameOf(long second)
    {
        // Cloud Tasks wants names to differ from their first letters on.
        var number = second.ToString(CultureInfo.InvariantCulture);
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(number)).AsSpan(0, 4))}-import-{number}";
    }

    private static partial class Log
    {
        [LoggerMessage(4211, LogLevel.Error, "The imports could not be woken; the next sweep will")]
        public static partial void NotSet(ILogger logger, Exception exception);
    }
}
