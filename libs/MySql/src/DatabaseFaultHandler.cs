using System.Data.Common;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.MySql;

/// <summary>A session that breaks in the middle of a read is a dependency that is down, not a fault of ours.</summary>
internal sealed partial class DatabaseFaultHandler(ILogger<DatabaseFaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DbException lost
            || !(SqlErrors.IsConnectionLost(lost) || SqlErrors.IsLockConflict(lost) || SqlErrors.IsOutOfSpace(lost)))
        {
            return false;
        }

        Log.Lost(logger, httpContext.Request.Path, exception);
        await new Problem(ProblemTypes.Unavailable, retryAfter: TimeSpan.FromSeconds(1)).ExecuteAsync(httpContext);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Error, "MySQL went away while serving {Path}")]
        public static partial void Lost(ILogger logger, string path, Exception exception);
    }
}
