using System.Threading.Channels;
using EnergyLoad.Local.ESight.Books;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>The reports that e-Sight makes by itself: on file before its answer, on their way only after it.</summary>
internal sealed class AutomaticReports(PendingReports pending, ReceivedBooks books, TimeProvider clock)
{
    // Time for the client to read the answer: e-Sight judges readings after it has taken them.
    private static readonly TimeSpan Judging = TimeSpan.FromMilliseconds(100);
    private readonly Channel<ErrorReport> _due = Channel.CreateUnbounded<ErrorReport>();

    public ChannelReader<ErrorReport> Due => _due.Reader;

    public ErrorReport Prepare(string messageId, byte[] errors)
    {
        var report = ErrorReport.Create(null, messageId, books.FirstReceived(messageId, clock.GetUtcNow()), errors);
        pending.Keep(report);
        return report;
    }

    public Task SendSoonAsync(ErrorReport report)
    {
        _ = EnqueueLaterAsync(report);
        return Task.CompletedTask;
    }

    public void SendNow(ErrorReport report) => _due.Writer.TryWrite(report);

    private async Task EnqueueLaterAsync(ErrorReport report)
    {
        await Task.Delay(Judging, clock);
        SendNow(report);
    }
}
