using System.Text.Json;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>The exceptions for calls that got no answer, or none that can be read.</summary>
internal static class Silence
{
    public static GoogleCloudException NoAnswer(RestCall call, TimeSpan timeout, Exception cause) =>
        new($"{call.Method} of {call.Resource} was not answered within {timeout.TotalSeconds:0.###} s", cause)
        {
            Resource = call.Resource,
            IsTransient = true,
        };

    public static GoogleCloudException Broken(RestCall call, Exception cause)
    {
        var error = (cause as HttpRequestException)?.HttpRequestError;
        return new GoogleCloudException($"{call.Method} of {call.Resource} failed on its way: {cause.Message}", cause)
        {
            Resource = call.Resource,
            IsTransient = error is not (HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.SecureConnectionError),
            WasNotProcessed = error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        };
    }

    public static GoogleCloudException Unreadable(RestCall call, JsonException? cause) =>
        new($"{call.Method} of {call.Resource} was answered with something that is not its JSON", cause) { Resource = call.Resource };

    public static GoogleCloudException Damaged(string resource, string what) =>
        new($"{what} of {resource} does not match its CRC32C checksum") { Resource = resource, IsTransient = true };
}
