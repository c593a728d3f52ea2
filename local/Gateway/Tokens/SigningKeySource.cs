using System.Text.Json;
using EnergyLoad.Local.Gateway.Upkeep;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>
/// Fetches an issuer's keys before the listener opens and every five minutes; a token with an unknown kid fetches nothing.
/// Keys that were got once stay in use while later fetches fail.
/// </summary>
internal sealed partial class SigningKeySource(Uri address, HttpClient client, ILogger<SigningKeySource> logger) : IRefreshed
{
    // Cached for 300 s, fetched again 5 s before.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(295);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>The keys; null while none could be fetched.</summary>
    public SigningKeys? Current { get; private set; }

    // Envoy waits for the first fetch to end, well or badly.
    public bool MayStart => true;

    public async Task<TimeSpan> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            Current = SigningKeys.Parse(await client.GetFromJsonAsync<JsonElement>(address, cancellationToken));
            return Lifetime;
        }
        catch (Exception exception) when (Fetching.HasFailed(exception, cancellationToken))
        {
            Log.FetchFailed(logger, address, exception);
            return AfterFailure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The keys at {Address} could not be fetched.")]
        public static partial void FetchFailed(ILogger logger, Uri address, Exception exception);
    }
}
