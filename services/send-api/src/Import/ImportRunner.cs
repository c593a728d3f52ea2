using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Import;

/// <summary>
/// Works off imports: reads and accepts what was found, waits for the end of each message, moves its object. Every step is work in
/// the database, so whoever is woken goes on where another was killed: a message that was accepted before its row says so is found
/// again under its natural key, and an object that was moved before its row says so is not there to be moved again.
/// </summary>
internal sealed partial class ImportRunner(
    ImportWorkStore work,
    ObjectTaking taking,
    SourceBucket source,
    SendMetrics metrics,
    [FromKeyedServices(SendMigrations.ImportDrain)] Drain drain,
    ImportWakeUp wakeUp,
    ILogger<ImportRunner> logger)
{
    private const int AtOnce = 8;

    // What is due later than this is the sweep's, which comes every minute.
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    // A claim is given up before its lease ends.
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>What a wake-up does: empties the queue, then sets the alarm for what is due later.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await drain.RunAsync(StepAsync, cancellationToken) != DrainEnd.LeftToAnother)
        {
            await SetAlarmAsync(cancellationToken);
        }
    }

    /// <summary>Sets the alarm for the next work, if there is any soon.</summary>
    public async Task SetAlarmAsync(CancellationToken cancellationToken)
    {
        if (await work.NextDueAsync(cancellationToken) is { } wait && wait < Horizon)
        {
            await wakeUp.SetAsync(wait, cancellationToken);
        }
    }

    /// <summary>Does a batch of each kind of work.</summary>
    /// <returns>False when there was nothing to do.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var taken = await DoAsync(ImportWork.Take, taking.TakeAsync, cancellationToken);
        var decided = await work.DecideAsync(cancellationToken);
        var moved = await DoAsync(ImportWork.Move, MoveAsync, cancellationToken);
        return taken + decided + moved > 0;
    }

    private async Task<int> DoAsync(ImportWork kind, Func<ImportedObject, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var objects = await work.ClaimAsync(kind, AtOnce, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        await Task.WhenAll(objects.Select(imported => TryAsync(imported, act, deadline.Token)));
        return objects.Count;
    }

    private async Task TryAsync(
        ImportedObject imported, Func<ImportedObject, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(imported, cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException or DbException or IOException)
        {
            Log.LeftToItsLease(logger, imported.Name, imported.Generation, exception);
        }
    }

    private async Task MoveAsync(ImportedObject imported, CancellationToken cancellationToken)
    {
        await source.MoveAsync(imported, cancellationToken);
        await work.MovedAsync(imported, cancellationToken);
        metrics.Imported(imported.State);
    }

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Error, "Object {Name} of generation {Generation} is left until its lease ends")]
        public static partial void LeftToItsLease(ILogger logger, string name, long generation, Exception exception);
    }
}
