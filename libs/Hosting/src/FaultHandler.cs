using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Hosting;

/// <summary>The one place where an exception becomes an answer.</summary>
internal sealed partial class FaultHandler(IHostApplicationLifetime lifetime, ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ToProblem(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case UnavailableException unavailable:
                Log.Unavailable(logger, context.Request.Path, exception);
                return new Problem(ProblemTypes.Unavailable, "Nothing was changed. Try again.", retryAfter: unavailable.RetryAfter);
            case BadHttpRequestException refused:
                Log.Refused(logger, refused.StatusCode, refused.Message);
                return new Problem(ProblemTypes.ForStatus(refused.StatusCode));
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return new Problem(ProblemTypes.BadRequest);
            case OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested:
                // Who called calls again, and reaches another instance.
                Log.Stopped(logger, context.Request.Path);
                return new Problem(ProblemTypes.Unavailable, "The instance stops.", retryAfter: TimeSpan.FromSeconds(1));
            default:
                Log.Fault(logger, context.Request.Path, exception);
                return new Problem(ProblemTypes.InternalError, "The fault is recorded under this instance id.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "A dependency did not answer while serving {Path}")]
        public static partial void Unavailable(ILogger logger, string path, Exception exception);

        [LoggerMessage(1002, LogLevel.Information, "Request refused with {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, int status, string reason);

        [LoggerMessage(1004, LogLevel.Information, "{Path} is left to another instance: this one stops")]
        public static partial void Stopped(ILogger logger, string path);

        [LoggerMessage(1003, LogLevel.Error, "Unhandled fault while serving {Path}")]
        public static partial void Fault(ILogger logger, string path, Exception exception);
    }
}
