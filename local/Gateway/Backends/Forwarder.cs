using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Replies;
using EnergyLoad.Local.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Sends a request to the service and its answer back; on a reset or a failed connection, whatever the method, once more.</summary>
internal sealed partial class Forwarder(HttpMessageInvoker client, TimeProvider timeProvider, ILogger<Forwarder> logger)
{
    /// <returns>The gateway's own answer when there is none of the service's; null when the service's was passed on, or nobody waits any more.</returns>
    public async Task<GatewayReply?> ForwardAsync(HttpContext context, Operation operation, BackendPool pool, RequestTarget target)
    {
        using var timer = new ExchangeTimer(operation.Backend.Deadline, timeProvider, context.RequestAborted);
        using var body = BodyOf(context, timer);
        for (var retried = false; ; retried = true)
        {
            using var request = UpstreamRequest.Make(context.Request, pool.Next(target.PathAndQuery), operation.Backend.Address.Host, body);
            var answered = false;
            try
            {
                using var response = await client.SendAsync(request, timer.Token);
                answered = true;
                await ResponseRelay.CopyAsync(response, context.Response, timer.Token);
                return null;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                if (context.RequestAborted.IsCancellationRequested)
                {
                    return null;
                }

                if (answered)
                {
                    Log.AnswerBroken(logger, operation.Id, exception);
                    context.Abort();
                    return null;
                }

                if (Judge(exception, body, timer) is { } final)
                {
                    return final;
                }

                Log.AttemptFailed(logger, operation.Id, request.RequestUri!.Authority, exception);
                if (retried || body is { CanReplay: false })
                {
                    return ReplyTo(exception, retried);
                }
            }
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

    /// <summary>What no second attempt can mend.</summary>
    private static GatewayReply? Judge(Exception exception, RequestBody? body, ExchangeTimer timer) => exception switch
    {
        OperationCanceledException => timer.DeadlineRuns ? GatewayReplies.DeadlineExceeded : GatewayReplies.StreamIdle,
        _ when body is { TooLarge: true } => GatewayReplies.FrontTooLarge,
        _ when body is { ClientFailed: true } => GatewayReplies.BadRequest,
        _ => null,
    };

    private static GatewayReply ReplyTo(Exception exception, bool retried) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => GatewayReplies.NoUpstream,
        HttpRequestError.ConnectionError => GatewayReplies.UpstreamFailed("remote connection failure, transport failure reason: delayed connect error: 111", retried),
        _ => GatewayReplies.UpstreamFailed("connection termination", retried),
    };

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "{Operation}: {Backend} did not answer.")]
        public static partial void AttemptFailed(ILogger logger, string operation, string backend, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "{Operation}: the answer broke off.")]
        public static partial void AnswerBroken(ILogger logger, string operation, Exception exception);
    }
}
