using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace EnergyLoad.Local.ESight.Access;

/// <summary>The bearer tokens that /token gave out. They die with the process, as a client must expect.</summary>
internal sealed class AccessTokens(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);

    public string Issue()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _expiries[token] = clock.GetUtcNow() + Lifetime;
        return token;
    }

    public bool Accept(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header is { Scheme: "Bearer", Parameter: { } token }
        && _expiries.TryGetValue(token, out var expiry)
        && expiry > clock.GetUtcNow();

    public void ForgetAll() => _expiries.Clear();
}
