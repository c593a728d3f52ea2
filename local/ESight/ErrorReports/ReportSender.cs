namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>Posts the automatic reports, each until the gateway has taken it or judged it.</summary>
internal sealed partial class ReportSender(
    AutomaticReports reports, PendingReports pending, ReceiveGateway gateway, TimeProvider clock, ILogger<ReportSender> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var left in pending.Load())
        {
            reports.SendNow(left);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(
            reports.Due.ReadAllAsync(stoppingToken), options, async (report, stop) => await SendAsync(report, stop));
    }

    private async Task SendAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var answer = await gateway.PostAsync(report, cancellationToken);
            if (answer.IsTaken || answer.IsFinal)
            {
                Log.Sent(logger, report.Id, answer.Status);
                pending.Forget(report);
                return;
            }

            Log.NotTaken(logger, report.Id, answer.Status);
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Error report {Id} was answered with {Status}")]
        public static partial void Sent(ILogger logger, string id, int status);

        [LoggerMessage(2, LogLevel.Information, "Error report {Id} was not taken ({Status}); trying again")]
        public static partial void NotTaken(ILogger logger, string id, int status);
    }
}
