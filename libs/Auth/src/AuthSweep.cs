using EnergyLoad.Auth.Login;

namespace EnergyLoad.Auth;

/// <summary>
/// Deletes what has expired: revoked tokens, old failures, addresses not seen for long. The service's sweep calls it; there is no clock in
/// here.
/// </summary>
public sealed class AuthSweep
{
    private const int MostBatches = 20;
    private readonly Logout _revoked;
    private readonly LoginThrottle _throttle;

    internal AuthSweep(Logout revoked, LoginThrottle throttle) => (_revoked, _throttle) = (revoked, throttle);

    /// <summary>Deletes in small batches, a bounded number of them.</summary>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var deleted = await _revoked.PurgeAsync(cancellationToken) + await _throttle.PurgeAsync(cancellationToken);
            if (deleted == 0)
            {
                break;
            }

            total += deleted;
        }

        return total;
    }
}
