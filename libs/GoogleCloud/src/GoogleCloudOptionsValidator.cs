using Microsoft.Extensions.Options;

namespace EnergyLoad.GoogleCloud;

/// <summary>Names every fault of the section at once.</summary>
internal sealed class GoogleCloudOptionsValidator : IValidateOptions<GoogleCloudOptions>
{
    public ValidateOptionsResult Validate(string? name, GoogleCloudOptions options)
    {
        var faults = new List<string>();
        Require(faults, nameof(options.ProjectId), options.ProjectId);
        Require(faults, nameof(options.Location), options.Location);
        RequireBase(faults, nameof(options.TasksUrl), options.TasksUrl);
        RequireBase(faults, nameof(options.PubSubUrl), options.PubSubUrl);
        RequireBase(faults, nameof(options.StorageUrl), options.StorageUrl);
        RequireBase(faults, nameof(options.SecretManagerUrl), options.SecretManagerUrl);
        RequireBase(faults, nameof(options.KmsUrl), options.KmsUrl);
        RequireBase(faults, nameof(options.IamCredentialsUrl), options.IamCredentialsUrl);
        if (options.AttemptTimeout <= TimeSpan.Zero)
        {
            faults.Add(Fault(nameof(options.AttemptTimeout), "must be more than zero", options.AttemptTimeout));
        }

        if (options.Deadline < options.AttemptTimeout)
        {
            var rule = $"must not be less than AttemptTimeout ({options.AttemptTimeout})";
            faults.Add(Fault(nameof(options.Deadline), rule, options.Deadline));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Require(List<string> faults, string key, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add(Fault(key, "is required", value));
        }
    }

    private static void RequireBase(List<string> faults, string key, Uri? url)
    {
        if (url is null || !url.IsAbsoluteUri || url.Query.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add(Fault(key, "must be an absolute address without query and user", Shown(url)));
        }
        else if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            faults.Add(Fault(key, "must be https (http only on a loopback address): access tokens travel on it", url));
        }
    }

    // Without user and password, should somebody have written them there.
    private static string? Shown(Uri? url) =>
        url is { IsAbsoluteUri: true }
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : url?.OriginalString;

    private static string Fault(string key, string rule, object? value) => $"{GoogleCloudOptions.Section}:{key} {rule}; it is '{value}'";
}
