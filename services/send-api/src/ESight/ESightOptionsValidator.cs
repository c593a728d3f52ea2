using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Every field, and https towards everything that is not this machine.</summary>
internal sealed class ESightOptionsValidator : IValidateOptions<ESightOptions>
{
    private static readonly ESightFieldsValidator Fields = new();

    public ValidateOptionsResult Validate(string? name, ESightOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        faults.AddResult(Fields.Validate(name, options));
        foreach (var (key, url) in new[]
        {
            (nameof(options.TokenUrl), options.TokenUrl),
            (nameof(options.SitesUrl), options.SitesUrl),
            (nameof(options.MetersUrl), options.MetersUrl),
            (nameof(options.ConsumptionUrl), options.ConsumptionUrl),
        })
        {
            if (url is not null && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)))
            {
                faults.AddError("must be an absolute https address", $"{ESightOptions.Section}:{key}");
            }
        }

        return faults.Build();
    }
}
