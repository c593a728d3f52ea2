using System.Globalization;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;

namespace EnergyLoad.Local.Google.Scheduler;

/// <summary>Makes the scheduled calls. A run that fails is not repeated: the next one is near.</summary>
internal sealed partial class JobRunner(
    Jobs jobs, Caller caller, CallerIdentity identity, ControlDesk desk, TimeProvider clock, ILogger<JobRunner> logger) : BackgroundService
{
    private static readonly TimeSpan AttemptDeadline = TimeSpan.FromMinutes(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [KeepRhythmAsync(stoppingToken), Pump.RunAsync(jobs.Due, Math.Max(1, jobs.All.Count), desk.Scheduler, RunAsync, stoppingToken)]);

    private Task KeepRhythmAsync(CancellationToken stoppingToken) => Task.WhenAll(jobs.All.Select(async job =>
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(job.Settings.EveryMs), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            jobs.RunNow(job.Name);
        }
    }));

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (desk.Scheduler.TakeDrop())
        {
            return;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = "Google-Cloud-Scheduler",
            ["X-CloudScheduler"] = "true",
            ["X-CloudScheduler-JobName"] = job.Name,
            ["X-CloudScheduler-ScheduleTime"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        };
        identity.Authorise(headers, job.Settings.ServiceAccount, job.Settings.Audience ?? job.Settings.Uri.ToString());
        var outcome = await caller.CallAsync(
            new OutgoingCall(HttpMethod.Post, job.Settings.Uri, headers, [], AttemptDeadline), cancellationToken);
        job.Count(failed: !outcome.IsSuccess);
        if (!outcome.IsSuccess)
        {
            Log.Failed(logger, job.Name, outcome.Status, outcome.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Job {Job} failed with status {Status} {Reason}")]
        public static partial void Failed(ILogger logger, string job, int status, string? reason);
    }
}
