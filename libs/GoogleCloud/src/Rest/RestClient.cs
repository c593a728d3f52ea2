using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>Sends calls: signed, repeated while that helps, each attempt and the whole within their time.</summary>
internal sealed partial class RestClient : IDisposable
{
    // The largest answers are a secret of 64 KiB in base64 and a page of a listing.
    private const long LongestAnswer = 16 * 1024 * 1024;
    private readonly HttpClient _http;
    private readonly GoogleCloudOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RestClient> _logger;

    public RestClient(AccessTokenHandler handler, GoogleCloudOptions options, TimeProvider time, ILogger<RestClient> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var version = typeof(RestClient).Assembly.GetName().Version!.ToString(3);
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("EnergyLoad", version));
    }

    /// <summary>Sends the call and reads its JSON answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="type">The shape of the answer.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="check">Throws when the answer is damaged, so that it is asked for again; null checks nothing.</param>
    /// <exception cref="GoogleCloudException">Refused, damaged, or not answered within the deadline.</exception>
    public Task<T> SendAsync<T>(RestCall call, JsonTypeInfo<T> type, CancellationToken ct, Action<T>? check = null) =>
        RepeatAsync(call, (response, token) => ReadJsonAsync(call, response, type, check, token), ct);

    /// <summary>Sends a call whose answer says nothing but that it was done.</summary>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public Task SendAsync(RestCall call, CancellationToken ct) => RepeatAsync(call, DropAsync, ct);

    /// <summary>Sends the call and hands back the answer, body unread, for the caller to dispose; the deadline is the headers'.</summary>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public Task<HttpResponseMessage> OpenAsync(RestCall call, CancellationToken ct) =>
        RepeatAsync(call, static (response, _) => Task.FromResult(response), ct);

    public void Dispose() => _http.Dispose();

    private async Task<T> RepeatAsync<T>(RestCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var left = _options.Deadline - _time.GetElapsedTime(started);
            var pause = TimeSpan.Zero;
            try
            {
                return await AttemptAsync(call, read, left < _options.AttemptTimeout ? left : _options.AttemptTimeout, ct);
            }
            catch (GoogleCloudException failure) when (IsWorthAnother(call, failure))
            {
                pause = Backoff.After(attempt, failure.AskedPause);
                if (_time.GetElapsedTime(started) + pause >= _options.Deadline)
                {
                    throw;
                }

                Log.Repeated(_logger, call.Method, call.Resource, attempt, (long)pause.TotalMilliseconds, failure.Message);
            }

            await Task.Delay(pause, _time, ct);
        }
    }

    private async Task<T> AttemptAsync<T>(
        RestCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, TimeSpan timeout, CancellationToken ct)
    {
        using var timer = new CancellationTokenSource(timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            using var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Content?.Invoke() };
            if (call.AcceptsGzip)
            {
                request.Headers.AcceptEncoding.ParseAdd("gzip");
            }

            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (response.IsSuccessStatusCode)
            {
                return await read(response, stop.Token);
            }

            using (response)
            {
                throw await Refusal.ReadAsync(call, response, stop.Token);
            }
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw Silence.NoAnswer(call, timeout, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Silence.Broken(call, exception);
        }
    }

    private static bool IsWorthAnother(RestCall call, GoogleCloudException failure) =>
        failure.IsTransient && (call.Repeatable || failure.WasNotProcessed);

    private static async Task<T> ReadJsonAsync<T>(
        RestCall call, HttpResponseMessage response, JsonTypeInfo<T> type, Action<T>? check, CancellationToken ct)
    {
        using (response)
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, ct);
            try
            {
                var bytes = await response.Content.ReadAsByteArrayAsync(ct);
                var answer = JsonSerializer.Deserialize(bytes, type) ?? throw Silence.Unreadable(call, null);
                check?.Invoke(answer);
                return answer;
            }
            catch (JsonException exception)
            {
                throw Silence.Unreadable(call, exception);
            }
        }
    }

    private static Task<bool> DropAsync(HttpResponseMessage response, CancellationToken ct)
    {
        response.Dispose();
        return Task.FromResult(true);
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "{Method} of {Resource} is sent again {PauseMs} ms after attempt {Attempt}: {Reason}")]
        public static partial void Repeated(ILogger logger, HttpMethod method, string resource, int attempt, long pauseMs, string reason);
    }
}
