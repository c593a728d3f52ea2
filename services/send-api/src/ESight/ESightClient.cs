using System.Net;
using System.Net.Http.Headers;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Posts messages to e-Sight; whatever comes back is an answer, never an exception.</summary>
internal sealed class ESightClient(
    HttpClient http, CredentialInUse<ESightWriter> logins, IOptions<ESightOptions> options, TimeProvider timeProvider)
{
    // What is longer is not waited for: nothing in it is of use.
    private const int MostOfABody = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly ESightOptions _options = options.Value;

    /// <summary>Posts one message under its outgoing messageId; a login that is refused is looked up and tried again at once.</summary>
    /// <param name="body">The sender's bytes.</param>
    /// <param name="spliceAt">Where the send id goes.</param>
    /// <param name="sendId">The send id.</param>
    /// <param name="cancellationToken">Ends the attempt; it counts as unanswered then.</param>
    public async Task<ESightAnswer> PostAsync(ReadOnlyMemory<byte> body, int spliceAt, string sendId, CancellationToken cancellationToken)
    {
        var login = logins.First;
        var refusal = await PostAsync(login, body, spliceAt, sendId, cancellationToken);
        if (!IsLoginRefused(refusal))
        {
            return refusal;
        }

        try
        {
            await foreach (var other in logins.AfterRefusalAsync(login, cancellationToken))
            {
                if (await PostAsync(other, body, spliceAt, sendId, cancellationToken) is var answer && !IsLoginRefused(answer))
                {
                    logins.Took(other);
                    return answer;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The instance stops while it looks for a newer login: e-Sight's refusal is the answer.
        }

        return refusal;
    }

    private static bool IsLoginRefused(ESightAnswer answer) => answer is ESightAnswer.Answered { Status: HttpStatusCode.Unauthorized };

    private async Task<ESightAnswer> PostAsync(
        ESightWriter login, ReadOnlyMemory<byte> body, int spliceAt, string sendId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request =
            new HttpRequestMessage(HttpMethod.Post, _options.ConsumptionUrl) { Content = new SplicedContent(body, spliceAt, sendId) };
        request.Headers.Authorization = login.ToBasic();
        try
        {
            // The status is the whole contract; but an answer that breaks off is none: e-Sight may have failed in the middle of its work.
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            await ReadToItsEndAsync(response.Content, stop.Token);
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

    private static async Task ReadToItsEndAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1024];
        var left = MostOfABody;
        while (left > 0 && await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            left -= read;
        }
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? retryAfter)
    {
        var wait = retryAfter?.Delta ?? (retryAfter?.Date - timeProvider.GetUtcNow());
        return wait is { } time && time > TimeSpan.Zero ? (time < LongestWait ? time : LongestWait) : null;
    }
}
