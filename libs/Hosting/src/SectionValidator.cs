using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>Names a fault's key as an operator writes it, where the validator names the member of a class.</summary>
internal sealed class SectionValidator<TOptions>(string section, IValidateOptions<TOptions> validator) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        // Generated validators put the name that they are given before the member.
        var result = validator.Validate(section, options);
        return result.Failed
            ? ValidateOptionsResult.Fail(
                result.Failures.Select(fault => fault.Replace($"{section}.", $"{section}:", StringComparison.Ordinal)))
            : result;
    }
}
