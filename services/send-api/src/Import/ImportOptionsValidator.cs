using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Import;

/// <summary>Every field, and a source that nothing is moved back into.</summary>
internal sealed class ImportOptionsValidator : IValidateOptions<ImportOptions>
{
    private static readonly ImportFieldsValidator Fields = new();

    public ValidateOptionsResult Validate(string? name, ImportOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        faults.AddResult(Fields.Validate(name, options));
        foreach (var (key, bucket) in new[]
        {
            (nameof(options.SuccessBucket), options.SuccessBucket),
            (nameof(options.ErrorBucket), options.ErrorBucket),
        })
        {
            if (bucket == options.SourceBucket)
            {
                faults.AddError("must not be the source: what is moved would be imported again", $"{ImportOptions.Section}:{key}");
            }
        }

        return faults.Build();
    }
}
