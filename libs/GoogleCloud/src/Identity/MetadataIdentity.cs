using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2;

namespace EnergyLoad.GoogleCloud;

/// <summary>Who this process is: ID tokens and the e-mail address of its service account.</summary>
public sealed class MetadataIdentity
{
    private readonly ApplicationCredential _credential;
    private readonly ConcurrentDictionary<string, OidcToken> _tokens = new(StringComparer.Ordinal);

    internal MetadataIdentity(ApplicationCredential credential) => _credential = credential;

    /// <summary>Gives an ID token of the process's account; kept per audience and renewed a few minutes before it expires.</summary>
    /// <param name="audience">The <c>aud</c> of the token; keep the number of different ones small, each is kept.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="GoogleCloudException">The credentials give no ID token.</exception>
    public async Task<string> GetIdTokenAsync(string audience, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(audience);
        var credential = await _credential.GetAsync(ct);
        try
        {
            if (!_tokens.TryGetValue(audience, out var token))
            {
                var options = OidcTokenOptions.FromTargetAudience(audience).WithTokenFormat(OidcTokenFormat.Full);
                token = _tokens.GetOrAdd(audience, await credential.GetOidcTokenAsync(options, ct));
            }

            return await token.GetAccessTokenAsync(ct);
        }
        catch (Exception exception) when (ApplicationCredential.IsRefusal(exception, ct))
        {
            throw ApplicationCredential.Unavailable("an ID token", exception);
        }
    }

    /// <summary>Gives the e-mail address of the process's service account.</summary>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>The address; null when the credentials are not a service account's.</returns>
    /// <exception cref="GoogleCloudException">The metadata server does not answer.</exception>
    public async Task<string?> GetEmailAsync(CancellationToken ct)
    {
        var credential = await _credential.GetAsync(ct);
        try
        {
            return credential.UnderlyingCredential switch
            {
                ComputeCredential compute => await compute.GetDefaultServiceAccountEmailAsync(ct),
                ServiceAccountCredential account => account.Id,
                _ => null,
            };
        }
        catch (Exception exception) when (ApplicationCredential.IsRefusal(exception, ct))
        {
            throw ApplicationCredential.Unavailable("an e-mail address", exception);
        }
    }
}
