using System.Data.Common;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// What is done once a minute, whatever happened: what no wake-up reached is woken and followed, and what is old is put away.
/// </summary>
internal sealed partial class Sweep(IEnumerable<SweepStep> steps, IServiceProvider services, ILogger<Sweep> logger)
{
    /// <summary>Does every step; one that fails does not keep the others from being done.</summary>
    /// <exception cref="UnavailableException">A step did not go through.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Exception? fault = null;
        foreach (var step in steps)
        {
            try
            {
                await step.RunAsync(services, cancellationToken);
            }
            catch (Exception exception) when (exception is UnavailableException or DbException)
            {
                Log.NotDone(logger, step.Name, exception);
                fault = exception;
            }
        }

        if (fault is not null)
        {
            throw new UnavailableException("A step of the sweep did not go through.", fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3041, LogLevel.Error, "The sweep's step '{Step}' did not go through; the next sweep does it again")]
        public static partial void NotDone(ILogger logger, string step, Exception exception);
    }
}
