using System.Text.Json;
using EnergyLoad.SendApi.Outcomes;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>
/// e-Sight's sites and meters, with their age. A code that is missing forces one refresh before a message is parked for it.
/// </summary>
internal sealed partial class ESightLists(
    ESightListReader reader, IOptions<ESightOptions> options, TimeProvider timeProvider, ILogger<ESightLists> logger) : IDisposable
{
    private static readonly TimeSpan LeastBetweenReads = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private ESightCodes? _codes;

    // Timestamps, not times of day: a clock that is set back keeps no list from being read again.
    private long? _lastTry;
    private long _lastRead;
    private bool _lastFailed;

    /// <summary>When the lists were read that are held; null before the first.</summary>
    public DateTimeOffset? ReadAt => _codes?.ReadAt;

    /// <summary>Whether the lists that are held have a meter and its site.</summary>
    public bool Have(string siteCode, string meter) => _codes is { } codes && Missing(codes, siteCode, meter) is null;

    /// <summary>Why a message must be parked; null when e-Sight knows its site and meter, or when the lists cannot be had.</summary>
    public async Task<ReasonCode?> MissingAsync(string siteCode, string meter, CancellationToken cancellationToken)
    {
        var codes = _codes;
        var old = codes is null || timeProvider.GetElapsedTime(_lastRead) > TimeSpan.FromSeconds(options.Value.ListSeconds);
        if (old || Missing(codes!, siteCode, meter) is not null)
        {
            codes = await RefreshAsync(cancellationToken);
        }

        return codes is null ? null : Missing(codes, siteCode, meter);
    }

    public void Dispose() => _reading.Dispose();

    private static ReasonCode? Missing(ESightCodes codes, string siteCode, string meter) =>
        !codes.Sites.Contains(siteCode) ? ReasonCode.NoSiteId
            : !codes.Meters.Contains(meter) ? ReasonCode.NoMeterId
            : null;

    private async Task<ESightCodes?> RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited for the read before takes what it brought.
            if (_lastTry is { } before && timeProvider.GetElapsedTime(before) < LeastBetweenReads)
            {
                return _lastFailed ? null : _codes;
            }

            var now = timeProvider.GetTimestamp();
            (_lastTry, _lastFailed) = (now, true);
            _codes = await reader.ReadAsync(cancellationToken);
            (_lastRead, _lastFailed) = (now, false);
            return _codes;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or OperationCanceledException)
        {
            // Delivery does not stop for want of lists: what e-Sight does not know, it will say itself.
            Log.NotRead(logger, exception);
            return null;
        }
        finally
        {
            _reading.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3031, LogLevel.Warning, "e-Sight's lists could not be read; messages are delivered unchecked")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
