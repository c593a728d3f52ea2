namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>
/// Lets steps follow each other no faster than this, so that each has more to do; the first after a silence does not wait.
/// </summary>
internal sealed class Pace(TimeSpan least, TimeProvider timeProvider)
{
    private long? _last;

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && least - timeProvider.GetElapsedTime(last) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, timeProvider, cancellationToken);
        }

        _last = timeProvider.GetTimestamp();
    }
}
