using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Answers come first: while many reports wait for their commit, the archive gets a tenth of the time.</summary>
internal sealed class ArchivePace(ErrorReportIntake intake, TimeProvider timeProvider)
{
    private const int OtherShares = 9;

    // However slow the bucket is, a run must see its end.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly Pace _pace = new(TimeSpan.FromMilliseconds(200), timeProvider);
    private TimeSpan _rest;

    /// <summary>Does a step when it is time for it.</summary>
    public async Task<bool> RunAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        await _pace.KeepAsync(cancellationToken);
        var started = timeProvider.GetTimestamp();
        while (intake.IsBusy && timeProvider.GetElapsedTime(started) < _rest)
        {
            await Task.Delay(Look, timeProvider, cancellationToken);
        }

        started = timeProvider.GetTimestamp();
        var any = await step(cancellationToken);
        var rest = timeProvider.GetElapsedTime(started) * OtherShares;
        _rest = rest < LongestRest ? rest : LongestRest;
        return any;
    }
}
