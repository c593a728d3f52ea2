using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Login;

/// <summary>How many password checks one address may ask of this instance, good or bad: each costs memory and a core.</summary>
internal sealed class AddressRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter;

    public AddressRate(IOptions<AuthOptions> options)
    {
        var perMinute = options.Value.LoginLimits.PerAddressPerMinute;
        _limiter = PartitionedRateLimiter.Create<string, string>(network => RateLimitPartition.GetTokenBucketLimiter(
            network,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / perMinute,
            }));
    }

    public Throttled? Take(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(LoginSubjects.Network(address));
        if (lease.IsAcquired)
        {
            return null;
        }

        return new Throttled(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1), "AddressRate");
    }

    public void Dispose() => _limiter.Dispose();
}
