using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Posts messages to e-Sight; whatever comes back is an answer, never an exception.</summary>
internal sealed class ESightClient(HttpClient http, IOptions<ESightOptions> options, TimeProvider timeProvider)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly ESightOptions _options = options.Value;
    private readonly AuthenticationHeaderValue _credentials = Basic(options.Value.WriteUser, options.Value.WritePassword);

    /// <summary>The header value of a Basic login.</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Posts one message under its outgoing messageId.</summary>
    /// <param name="body">The sender's bytes.</param>
    /// <param name="spliceAt">Where the send id goes.</param>
    /// <param name="sendId">The send id.</param>
    /// <param name="cancellationToken">Ends the attempt; it counts as unanswered then.</param>
    public async Task<ESightAnswer> PostAsync(ReadOnlyMemory<byte> body, int spliceAt, string sendId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.ConsumptionUrl) { Content = new SplicedContent(body, spliceAt, sendId) };
        request.Headers.Authorization = _credentials;
        try
        {
            // The answer's body is ignored: its status was the whole contract.
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return new ESightAnswer.Answered(response.StatusCode, WaitOf(response.Headers.RetryAfter));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new ESightAnswer.NotReached();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return new ESightAnswer.NoAnswer();
        }
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? retryAfter)
    {
        var wait = retryAfter?.Delta ?? (retryAfter?.Date - timeProvider.GetUtcNow());
        return wait is { } time && time > TimeSpan.Zero ? (time < LongestWait ? time : LongestWait) : null;
    }
}
