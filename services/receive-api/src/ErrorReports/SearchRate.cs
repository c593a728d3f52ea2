using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Keeps one user's searches from taking the database away from everybody else.</summary>
internal sealed class SearchRate(IOptions<ErrorReportOptions> options) : IDisposable
{
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(userId =>
        RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.SearchesPerMinute,
            TokensPerPeriod = options.Value.SearchesPerMinute,
            ReplenishmentPeriod = Refill,
            QueueLimit = 0,
        }));

    /// <summary>Takes one search off the user's account.</summary>
    /// <returns>How long to wait before the next try; null when this one may go on.</returns>
    public TimeSpan? WaitOf(string userId)
    {
        using var lease = _limiter.AttemptAcquire(userId);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Refill;
    }

    public void Dispose() => _limiter.Dispose();
}
