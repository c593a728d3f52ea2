using System.Text.Json;
using EnergyLoad.Local.Gateway.Tokens;
using EnergyLoad.Local.Gateway.Upkeep;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>The gateway's own ID token for one audience, from the metadata server.</summary>
internal sealed partial class IdentityTokenSource(
    Uri metadata, string audience, bool stripSignature, HttpClient client, TimeProvider timeProvider, ILogger<IdentityTokenSource> logger)
    : IRefreshed
{
    private const string Path = "/computeMetadata/v1/instance/service-accounts/default/identity";
    private const string RemovedSignature = "SIGNATURE_REMOVED_BY_GOOGLE";
    private static readonly TimeSpan BeforeExpiry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Uri _address = new(metadata, $"{Path}?format=standard&audience={Uri.EscapeDataString(audience)}");

    private Issued? _issued;

    public string Audience => audience;

    /// <summary>The value of the Authorization header; null when there is no token that is still good.</summary>
    public string? Authorization => _issued is { } issued && timeProvider.GetUtcNow() < issued.Expires ? issued.Authorization : null;

    public bool MayStart => Authorization is not null;

    public async Task<TimeSpan> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await FetchAsync(cancellationToken);
            var expires = ExpiryOf(token);
            _issued = new Issued("Bearer " + (stripSignature ? token[..(token.LastIndexOf('.') + 1)] + RemovedSignature : token), expires);
            var left = expires - timeProvider.GetUtcNow() - BeforeExpiry;
            return left > AfterFailure ? left : AfterFailure;
        }
        catch (Exception exception) when (Fetching.HasFailed(exception, cancellationToken))
        {
            Log.FetchFailed(logger, audience, exception);
            return AfterFailure;
        }
    }

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.Add("Metadata-Flavor", "Google");
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
    }

    private static DateTimeOffset ExpiryOf(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !TokenSegment.TryDecode(payload, out var bytes))
        {
            throw new InvalidDataException("The metadata server's answer is not a token.");
        }

        using var claims = JsonDocument.Parse(bytes);
        return DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
    }

    private sealed record Issued(string Authorization, DateTimeOffset Expires);

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "No ID token for {Audience} could be fetched.")]
        public static partial void FetchFailed(ILogger logger, string audience, Exception exception);
    }
}
