using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Replies;
using EnergyLoad.Local.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Sends a request to the service and its answer back; on a cut or a refused connection, whatever the method, once more.</summary>
internal sealed partial class Forwarder(HttpMessageInvoker client, TimeProvider timeProvider, ILogger<Forwarder> logger)
{
    /// <returns>The gateway's own answer; null when the service's was passed on, or nobody waits any more.</returns>
    public async Task<GatewayReply?> ForwardAsync(HttpContext context, Operation operation, BackendPool pool, RequestTarget target)
    {
        using var timer = new ExchangeTimer(operation.Backend.Deadline, timeProvider, context.RequestAborted);
        using var body = BodyOf(context, timer);
        for (var retried = false; ; retried = true)
        {
            using var request = UpstreamRequest.Make(context.Request, pool.Next(target.PathAndQuery), operation.Backend.Address.Host, body);
            switch (await AttemptAsync(context, operation, request, body, timer))
            {
                case AttemptOutcome.Over over:
                    return over.Reply;
                case AttemptOutcome.Cut cut when retried || body is { CanReplay: false }:
                    return cut.ToReply(retried);
                case AttemptOutcome.Done:
                    return null;
            }
        }
    }

    private async Task<AttemptOutcome> AttemptAsync(
        HttpContext context, Operation operation, HttpRequestMessage request, RequestBody? body, ExchangeTimer timer)
    {
        var answered = false;
        try
        {
            using var response = await client.SendAsync(request, timer.Token);
            answered = true;
            await ResponseRelay.CopyAsync(response, context.Response, timer.Token);
            return AttemptOutcome.Done.Instance;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return AttemptOutcome.Done.Instance;
            }

            if (answered)
            {
                Log.AnswerBroken(logger, operation.Id, exception);
                context.Abort();
                return AttemptOutcome.Done.Instance;
            }

            Log.AttemptFailed(logger, operation.Id, request.RequestUri!.Authority, exception);
            return Judge(exception, body, timer);
        }
    }

    private static RequestBody? BodyOf(HttpContext context, ExchangeTimer timer)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            return new RequestBody(context.Request.BodyReader, context.Request.ContentLength, timer);
        }

        timer.StartDeadline();
        return null;
    }

    private static AttemptOutcome Judge(Exception exception, RequestBody? body, ExchangeTimer timer) => exception switch
    {
        OperationCanceledException when timer.DeadlineRuns => new AttemptOutcome.Over(GatewayReplies.DeadlineExceeded),
        OperationCanceledException => new AttemptOutcome.Over(GatewayReplies.StreamIdle),
        _ when body is { TooLarge: true } => new AttemptOutcome.Over(GatewayReplies.FrontTooLarge),
        _ when body is { ClientFailed: true } => new AttemptOutcome.Over(GatewayReplies.BadRequest),
        _ => new AttemptOutcome.Cut(exception),
    };

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "{Operation}: {Backend} did not answer.")]
        public static partial void AttemptFailed(ILogger logger, string operation, string backend, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "{Operation}: the answer broke off.")]
        public static partial void AnswerBroken(ILogger logger, string operation, Exception exception);
    }
}
