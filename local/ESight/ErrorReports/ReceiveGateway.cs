using System.Net;
using System.Net.Http.Headers;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>The receive gateway as e-Sight's user sees it.</summary>
internal sealed class ReceiveGateway(HttpClient http, GatewayLogin login, ESightSettings settings)
{
    public async Task<GatewayAnswer> PostAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        try
        {
            var (token, refusal) = await login.TokenAsync(cancellationToken);
            if (token is null)
            {
                return refusal!;
            }

            var answer = await PostAsync(report, token, cancellationToken);
            if (answer.Status != (int)HttpStatusCode.Unauthorized)
            {
                return answer;
            }

            // Ended before its time (a new password, a restart with new keys): one new login.
            login.Forget(token);
            (token, refusal) = await login.TokenAsync(cancellationToken);
            return token is null ? refusal! : await PostAsync(report, token, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return GatewayAnswer.Unreachable;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return GatewayAnswer.Unreachable;
        }
    }

    private async Task<GatewayAnswer> PostAsync(ErrorReport report, GatewayToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ReceiveGateway, "/api/v1/service/receive/errorjson"));
        request.Headers.Add("x-api-key", settings.ApiKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        request.Content = new ByteArrayContent(report.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        return new GatewayAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
