using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>Leaves one line for a request when it is over, with what Cloud Logging wants to know of it.</summary>
internal sealed partial class RequestLine(
    RequestDelegate next, IOptions<ServiceOptions> options, TimeProvider time, ILogger<RequestLine> logger)
{
    private static readonly PathString Probes = new("/health");
    private readonly bool _all = options.Value.RequestLines == RequestLines.All;
    private readonly LineBudget _budget = new(options.Value.RequestLinesPerSecond, time);

    public async Task InvokeAsync(HttpContext context)
    {
        var subject = LogSubject.Begin();
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (IsWanted(context))
            {
                Write(context, subject, time.GetElapsedTime(started));
            }
        }
    }

    /// <summary>Call it after routing: a fault clears what routing has found.</summary>
    public static Task KnowRouteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null && LogSubject.Current is { } subject)
        {
            subject.Path = context.Request.Path;
            if (context.Request.RouteValues.TryGetValue("sendId", out var sendId) && Guid.TryParseExact(sendId as string, "D", out var id))
            {
                subject.SendId = id;
            }
        }

        return next(context);
    }

    private bool IsWanted(HttpContext context) =>
        (_all || context.Response.StatusCode is < StatusCodes.Status200OK or >= StatusCodes.Status300MultipleChoices)
            && !IsProbe(context.Request.Path);

    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments(Probes, StringComparison.Ordinal, out var probe) && probe.HasValue;

    private void Write(HttpContext context, LogSubject.Subject subject, TimeSpan latency)
    {
        if (_budget.Take() is not { } leftOut)
        {
            return;
        }

        if (leftOut > 0)
        {
            Log.LeftOut(logger, leftOut);
        }

        var level = context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Information;
        var entry = new HttpRequestEntry(context, subject.Path, latency);
        Log.Ended(logger, level, entry);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1011, Message = "{HttpRequest}")]
        public static partial void Ended(ILogger logger, LogLevel level, HttpRequestEntry httpRequest);

        [LoggerMessage(1012, LogLevel.Warning, "{Count} requests were left out: there were more of them than lines in a second")]
        public static partial void LeftOut(ILogger logger, int count);
    }
}
