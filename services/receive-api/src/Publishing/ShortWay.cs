using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>
/// From a commit to a run of this process that will look again: reports are committed as claimed, and handed over in memory instead of being
/// claimed and read back. Nothing hangs on it: what is lost on the way is due to anyone when its lease ends.
/// </summary>
internal sealed class ShortWay(Outbox outbox, TimeProvider timeProvider)
{
    private const int MostWaiting = 2000;
    private const int MostAtOnce = 500;
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<ClaimedReport> _waiting = new();
    private long _bytes;
    private int _runs;

    /// <summary>Whether so many reports, with bodies of so many bytes, may go this way when they are committed now.</summary>
    public bool HasRoomFor(int reports, long bytes)
    {
        lock (_lock)
        {
            return _runs > 0 && _waiting.Count + reports <= MostWaiting && _bytes + bytes <= MostBytes;
        }
    }

    /// <summary>Says that a run begins.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _runs++;
        }
    }

    /// <summary>Says that a run has had its last look; what came after the last look of all is due to anyone.</summary>
    public Task CloseAsync()
    {
        List<ClaimedReport> left;
        lock (_lock)
        {
            left = --_runs > 0 ? [] : TakeAll(int.MaxValue);
        }

        return ReleaseAsync(left);
    }

    /// <summary>
    /// Takes what was committed as claimed, after the commit and before the alarm is set; what nobody here will look at is due to anyone.
    /// </summary>
    public Task HandOverAsync(IReadOnlyList<ClaimedReport> reports) => TryEnqueue(reports) ? Task.CompletedTask : ReleaseAsync(reports);

    /// <summary>
    /// The reports that wait to be told. One whose lease may end while it is told is not among them: it is due to anyone, this run included.
    /// </summary>
    public async Task<IReadOnlyList<ClaimedReport>> TakeAsync()
    {
        List<ClaimedReport> taken;
        lock (_lock)
        {
            taken = TakeAll(MostAtOnce);
        }

        await ReleaseAsync(taken.FindAll(IsTooLate));
        taken.RemoveAll(IsTooLate);
        return taken;
    }

    private bool IsTooLate(ClaimedReport report) => timeProvider.GetElapsedTime(report.Since) >= OutboxTelling.LatestStart;

    private bool TryEnqueue(IReadOnlyList<ClaimedReport> reports)
    {
        lock (_lock)
        {
            if (!HasRoomFor(reports.Count, reports.Sum(report => (long)report.Size)))
            {
                return false;
            }

            foreach (var report in reports)
            {
                _waiting.Enqueue(report);
                _bytes += report.Size;
            }

            return true;
        }
    }

    private List<ClaimedReport> TakeAll(int most)
    {
        var taken = new List<ClaimedReport>(Math.Min(most, _waiting.Count));
        while (taken.Count < most && _waiting.TryDequeue(out var report))
        {
            taken.Add(report);
            _bytes -= report.Size;
        }

        return taken;
    }

    private async Task ReleaseAsync(IReadOnlyList<ClaimedReport> reports)
    {
        try
        {
            await outbox.ReleaseAsync([.. reports.Select(report => report.Claim.Id)], CancellationToken.None);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException)
        {
            // Their leases end by themselves.
        }
    }
}
