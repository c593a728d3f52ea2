using EnergyLoad.GoogleCloud.Secrets.Sources;
using Microsoft.Extensions.Options;

namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>Names every fault of the section at once.</summary>
internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        var faults = new List<string>();
        if (options.ReloadEvery < TimeSpan.FromSeconds(1))
        {
            faults.Add($"{SecretsOptions.Section}:{nameof(options.ReloadEvery)} must be at least a second; it is '{options.ReloadEvery}'");
        }

        foreach (var (secret, address) in options.Sources)
        {
            if (SourceAddress.Parse(address) is not { } source)
            {
                // The text is not shown: it may be the secret itself, written in the wrong place.
                faults.Add($"{SecretsOptions.Section}:{nameof(options.Sources)}:{secret} must be one of {SourceAddress.Forms}");
            }
            else if (source.Kind == SourceKind.KmsObject && string.IsNullOrEmpty(options.KmsKey))
            {
                faults.Add($"{SecretsOptions.Section}:{nameof(options.KmsKey)} is required since {secret} comes from kms-gcs");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
