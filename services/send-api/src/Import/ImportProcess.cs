using EnergyLoad.Auth;
using EnergyLoad.SendApi.Accepting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Import;

/// <summary>Starts imports and waits for them as long as the gateway does.</summary>
internal sealed class ImportProcess(
    SourceBucket source,
    ImportStore store,
    ImportRunner runner,
    ImportWakeUp wakeUp,
    IOptions<ImportOptions> options,
    TimeProvider timeProvider)
{
    private const int ListedAtOnce = 500;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Imports what the source bucket has under names that start so.</summary>
    /// <returns>How far it is when all objects are taken or patience is at its end; null when there was nothing new.</returns>
    public async Task<ImportProgress?> StartAsync(CurrentUser user, string prefix, CancellationToken cancellationToken)
    {
        var import = SendId.Batch(timeProvider.GetUtcNow(), 1)[0];
        var started = timeProvider.GetTimestamp();
        var added = 0;
        await foreach (var objects in source.ListAsync(prefix, cancellationToken).Chunk(ListedAtOnce).WithCancellation(cancellationToken))
        {
            added += await store.AddAsync(import, user, prefix, objects, cancellationToken);
            await wakeUp.AfterCommitAsync();
        }

        if (added == 0)
        {
            return null;
        }

        await store.EndListingAsync(import, cancellationToken);
        return await WaitAsync(import, started, cancellationToken);
    }

    /// <summary>What the minute's sweep does: wakes whatever was not woken.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await store.EndLostListingsAsync(cancellationToken);
        await runner.SetAlarmAsync(cancellationToken);
    }

    private async Task<ImportProgress?> WaitAsync(SendId import, long started, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.WaitSeconds);
        while (timeProvider.GetElapsedTime(started) < patience && await store.IsWaitingAsync(import, cancellationToken))
        {
            await Task.Delay(LookAgain, timeProvider, cancellationToken);
        }

        return await store.FindAsync(import, cancellationToken);
    }
}
