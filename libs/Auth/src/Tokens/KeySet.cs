using System.Collections.Frozen;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// An issuer's public keys by <c>kid</c>, fetched again every 5 minutes, and at once when a token names one that is not known.
/// </summary>
internal sealed partial class KeySet(Uri address, TimeProvider time, ILogger<KeySet> logger) : IDisposable
{
    // Tokens with an invented kid must not make us hammer the issuer.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Without an answer for this long, a key that was withdrawn could still be believed.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(6);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile Snapshot _current = new(0, FrozenDictionary<string, RsaSecurityKey>.Empty);
    private long? _lastAttempt;
    private long? _lastSuccess;

    /// <summary>Counts up with every change of the keys: what was verified under one version holds only under it.</summary>
    public async ValueTask<long> GetVersionAsync()
    {
        var isDue = !IsYoungerThan(_lastSuccess, Lifetime) && !IsYoungerThan(_lastAttempt, ShortestPause);
        if (isDue && await _fetching.WaitAsync(TimeSpan.Zero))
        {
            try
            {
                await RefreshAsync();
            }
            finally
            {
                _fetching.Release();
            }
        }

        return _current.Version;
    }

    /// <summary>The key of that name; null when the issuer has none.</summary>
    /// <exception cref="UnavailableException">The issuer's keys cannot be had, so that nothing can be said of the token.</exception>
    public async Task<(SecurityKey? Key, long Version)> FindAsync(string kid)
    {
        if (Find(kid) is { Key: not null } known)
        {
            return known;
        }

        await _fetching.WaitAsync();
        try
        {
            // Another may have fetched it while this one waited.
            if (Find(kid).Key is null && !IsYoungerThan(_lastAttempt, ShortestPause))
            {
                await RefreshAsync();
            }

            var found = Find(kid);
            return found.Key is not null || _lastAttempt == _lastSuccess
                ? found
                : throw new UnavailableException($"The keys of {address.Host} cannot be read.");
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private (SecurityKey? Key, long Version) Find(string kid)
    {
        var snapshot = _current;
        return (snapshot.Keys.GetValueOrDefault(kid), snapshot.Version);
    }

    private bool IsYoungerThan(long? instant, TimeSpan age) => instant is { } known && time.GetElapsedTime(known) < age;

    private async Task RefreshAsync()
    {
        var now = time.GetTimestamp();
        _lastAttempt = now;
        try
        {
            Adopt(JsonWebKeys.Read(await _http.GetByteArrayAsync(address)));
            _lastSuccess = now;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or FormatException)
        {
            Log.Unreadable(logger, address.Host, exception);
            if (!IsYoungerThan(_lastSuccess, LongestSilence))
            {
                Adopt(FrozenDictionary<string, RsaSecurityKey>.Empty);
            }
        }
    }

    private void Adopt(FrozenDictionary<string, RsaSecurityKey> keys)
    {
        if (!keys.Keys.ToHashSet().SetEquals(_current.Keys.Keys))
        {
            _current = new Snapshot(_current.Version + 1, keys);
            Log.Changed(logger, address.Host, string.Join(' ', keys.Keys));
        }
    }

    private sealed record Snapshot(long Version, FrozenDictionary<string, RsaSecurityKey> Keys);

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "The keys of {Host} are now {Kids}")]
        public static partial void Changed(ILogger logger, string host, string kids);

        [LoggerMessage(5002, LogLevel.Error, "The keys of {Host} cannot be read; those known so far go on being used")]
        public static partial void Unreadable(ILogger logger, string host, Exception exception);
    }
}
