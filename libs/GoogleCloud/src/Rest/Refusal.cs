using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>Reads an error answer into the exception that names what to mend.</summary>
internal static partial class Refusal
{
    private const int LongestBody = 64 * 1024;
    private const int LongestQuote = 500;

    public static async Task<GoogleCloudException> ReadAsync(RestCall call, HttpResponseMessage response, CancellationToken ct)
    {
        var error = await ReadBodyAsync(response, ct);
        var permission = response.StatusCode == HttpStatusCode.Forbidden ? PermissionOf(call, error) : null;
        var lacks = permission is null ? "" : $"; the caller lacks {permission}";
        var says = error?.Message is { Length: > 0 } message ? $"; Google says: {message[..Math.Min(message.Length, LongestQuote)]}" : "";
        var code = error?.Status is { } status ? $" {status}" : "";
        var asked = response.Headers.RetryAfter?.Delta;
        return new GoogleCloudException($"{call.Method} of {call.Resource} was answered {(int)response.StatusCode}{code}{lacks}{says}")
        {
            StatusCode = response.StatusCode,
            Code = error?.Status,
            Permission = permission,
            Resource = call.Resource,
            IsTransient = IsTransient(response.StatusCode, error?.Status),
            AskedPause = asked,
            WasNotProcessed = response.StatusCode == HttpStatusCode.TooManyRequests,
        };
    }

    // cloud.google.com/storage/docs/retry-strategy: 408, 429 and 5xx; ABORTED (409) is in the retry settings of Pub/Sub's clients.
    private static bool IsTransient(HttpStatusCode status, string? code) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        || code is "ABORTED";

    private static async Task<ErrorBody?> ReadBodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestBody, ct);
            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            return JsonSerializer.Deserialize(bytes, ErrorJson.Default.ErrorReply)?.Error;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
        {
            // Google's front ends answer in HTML: then the status is all there is.
            return null;
        }
    }

    private static string? PermissionOf(RestCall call, ErrorBody? error)
    {
        foreach (var detail in error?.Details ?? [])
        {
            if (detail.Metadata?.GetValueOrDefault("permission") is { } named)
            {
                return named;
            }

            if (detail.Reason is not (null or "IAM_PERMISSION_DENIED"))
            {
                // SERVICE_DISABLED and its like are no matter of permissions.
                return null;
            }
        }

        return PermissionInText().Match(error?.Message ?? "") is { Success: true } match ? match.Value : call.Permission;
    }

    // Such as storage.objects.get or iam.serviceAccounts.actAs, but no part of an address or an account's name.
    [GeneratedRegex(@"(?<![\w@./-])[a-z][a-zA-Z]+(\.[a-z][a-zA-Z]+){2}(?![\w@/-]|\.\w)", RegexOptions.CultureInvariant, 100)]
    private static partial Regex PermissionInText();
}
