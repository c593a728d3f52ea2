using EnergyLoad.GoogleCloud;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// Signs with a key from a secret that may hold two: while the new one spreads to those who verify, the one before goes on signing.
/// </summary>
internal sealed class KeyTokenSigner(Secret<SigningKeyFile> secret, IOptions<AuthOptions> options, TimeProvider time)
    : ITokenSigner, IDisposable
{
    // ESPv2 keeps a key set for 5 minutes and does not ask again for a kid that it does not know.
    private static readonly TimeSpan Spreading = TimeSpan.FromMinutes(10);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SigningKey> _ready = new(StringComparer.Ordinal);
    private (string Kid, DateTimeOffset Since) _newest;

    public Task<string> SignAsync(string payload, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_handler.CreateToken(payload, Ready(Choose()).Credentials));
        }
    }

    public void Dispose()
    {
        foreach (var key in _ready.Values)
        {
            key.Dispose();
        }
    }

    private SigningKeyFile Choose()
    {
        var current = secret.Current.Value;
        var now = time.GetUtcNow();
        if (_newest.Kid != current.PrivateKeyId)
        {
            _newest = (current.PrivateKeyId, now);
        }

        return secret.Previous is { Value: var before } && now < (current.UseFrom ?? _newest.Since + Spreading) ? before : current;
    }

    private SigningKey Ready(SigningKeyFile file)
    {
        if (!_ready.TryGetValue(file.PrivateKeyId, out var key))
        {
            key = new SigningKey(file, options.Value.Issuer);
            _ready.Add(file.PrivateKeyId, key);
        }

        return key;
    }
}
