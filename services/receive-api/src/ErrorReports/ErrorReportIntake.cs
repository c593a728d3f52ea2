using System.Data.Common;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Takes reports in: those that come at the same time share one commit, and are answered after it.</summary>
internal sealed class ErrorReportIntake : IAsyncDisposable
{
    private const int Workers = 2;
    private const int MaximumBatch = 200;
    private const int Capacity = 2000;
    private const int WorthBeside = 20;
    private const int ManyWaiting = 8;
    private const long MaximumWaitingBytes = 64 * 1024 * 1024;

    private readonly ErrorReportStore _store;
    private readonly Outboxes _outboxes;
    private readonly PublishingAlarm _alarm;
    private readonly BatchQueue<ReceivedReport, Task<SaveOutcome?>> _queue;
    private long _waitingBytes;
    private int _waiting;

    public ErrorReportIntake(ErrorReportStore store, Outboxes outboxes, PublishingAlarm alarm)
    {
        (_store, _outboxes, _alarm) = (store, outboxes, alarm);
        _queue = new BatchQueue<ReceivedReport, Task<SaveOutcome?>>(
            new BatchQueueOptions(Workers, MaximumBatch, Capacity, WorthBeside), CommitAsync);
    }

    /// <summary>Whether so many reports wait for their commit that what can be done later should be.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) >= ManyWaiting;

    /// <summary>Ends when the report is committed and its publishing is under way; null when its user may no longer post.</summary>
    /// <exception cref="UnavailableException">Too many reports wait, or the database does not answer.</exception>
    public async Task<SaveOutcome?> KeepAsync(ReceivedReport report)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return Interlocked.Add(ref _waitingBytes, report.Body.Length) <= MaximumWaitingBytes && _queue.TrySubmit(report, out var saved)
                ? await await saved
                : throw new UnavailableException("Too many error reports wait to be kept.");
        }
        finally
        {
            Interlocked.Add(ref _waitingBytes, -report.Body.Length);
            Interlocked.Decrement(ref _waiting);
        }
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<IReadOnlyList<Task<SaveOutcome?>>> CommitAsync(IReadOnlyList<ReceivedReport> batch)
    {
        var outcomes = await StandingCheck.DoAllowedAsync(
            batch, report => report.Check, WriteNewAsync, SaveAsync, Task.FromResult<SaveOutcome?>(null));
        var kept = outcomes.Where(outcome => outcome.IsCompletedSuccessfully)
            .Select(outcome => outcome.Result).OfType<SaveOutcome.Kept>().ToList();
        if (kept.Count > 0)
        {
            await _outboxes.ShortWay.HandOverAsync([.. kept.Select(one => one.Claimed).OfType<ClaimedReport>()]);
            await _alarm.SetAsync(CancellationToken.None);
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<Task<SaveOutcome?>>> WriteNewAsync(
        DbTransaction transaction, IReadOnlyList<ReceivedReport> batch, CancellationToken cancellationToken) =>
        [.. (await _store.WriteNewAsync(transaction, batch, cancellationToken)).Select(Task.FromResult<SaveOutcome?>)];

    // A batch is saved even when its clients have gone away: they will ask again, and are told then.
    private Task<IReadOnlyList<Task<SaveOutcome?>>> SaveAsync(IReadOnlyList<ReceivedReport> batch) =>
        Bisection.RunAsync<ReceivedReport, SaveOutcome?>(
            batch, async reports => await _store.SaveAsync(reports, CancellationToken.None));
}
