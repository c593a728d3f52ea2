using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Reads e-Sight's lists of sites and meters.</summary>
internal sealed class ESightListReader(
    HttpClient http, CredentialInUse<ESightReader> logins, IOptions<ESightOptions> options, TimeProvider timeProvider)
{
    private readonly ESightOptions _options = options.Value;

    /// <summary>Reads both lists.</summary>
    /// <exception cref="HttpRequestException">e-Sight cannot be reached, refuses, or answers something else.</exception>
    /// <exception cref="JsonException">e-Sight's answer is not the JSON of its contract.</exception>
    /// <exception cref="OperationCanceledException">e-Sight did not answer in time.</exception>
    public async Task<ESightCodes> ReadAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var token = await LogInAsync(stop.Token);
        var bearer = new AuthenticationHeaderValue(
            "Bearer", token.AccessToken ?? throw new JsonException("e-Sight's token answer holds no access_token."));
        var sites = await GetAsync(_options.SitesUrl!, bearer, ESightJson.Default.ESightSiteArray, stop.Token);
        var meters = await GetAsync(_options.MetersUrl!, bearer, ESightJson.Default.ESightMeterArray, stop.Token);
        return new ESightCodes(
            sites.Select(site => site.SiteCode).OfType<string>().ToHashSet(StringComparer.Ordinal),
            meters.Select(meter => meter.MeterCode).OfType<string>().ToHashSet(StringComparer.Ordinal),
            timeProvider.GetUtcNow());
    }

    private async Task<ESightToken> LogInAsync(CancellationToken cancellationToken)
    {
        var login = logins.First;
        try
        {
            return await LogInAsync(login, cancellationToken);
        }
        catch (HttpRequestException refusal) when (refusal.StatusCode == HttpStatusCode.Unauthorized)
        {
            await foreach (var other in logins.AfterRefusalAsync(login, cancellationToken))
            {
                if (await TryLogInAsync(other, cancellationToken) is { } token)
                {
                    logins.Took(other);
                    return token;
                }
            }

            throw;
        }
    }

    private async Task<ESightToken?> TryLogInAsync(ESightReader login, CancellationToken cancellationToken)
    {
        try
        {
            return await LogInAsync(login, cancellationToken);
        }
        catch (HttpRequestException refusal) when (refusal.StatusCode == HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }

    private Task<ESightToken> LogInAsync(ESightReader login, CancellationToken cancellationToken) =>
        GetAsync(_options.TokenUrl!, login.ToBasic(), ESightJson.Default.ESightToken, cancellationToken);

    private async Task<T> GetAsync<T>(
        Uri url, AuthenticationHeaderValue credentials, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = credentials;
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException(
            $"{url.AbsolutePath} answered null.");
    }
}

internal sealed record ESightToken([property: JsonPropertyName("access_token")] string? AccessToken);

internal sealed record ESightSite(string? SiteCode);

internal sealed record ESightMeter(string? MeterCode);

[JsonSerializable(typeof(ESightToken))]
[JsonSerializable(typeof(ESightSite[]))]
[JsonSerializable(typeof(ESightMeter[]))]
internal sealed partial class ESightJson : JsonSerializerContext;
