using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit;

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuditOptions options)
    {
        if (options.RefusalsPerAddress < 1 || options.RefusalsPerName < 1 || options.RefusalsPerKind < 1)
        {
            yield return "Audit:RefusalsPerAddress, Audit:RefusalsPerName and Audit:RefusalsPerKind must be at least 1.";
        }

        if (options.RefusalInterval < TimeSpan.FromMilliseconds(100) || options.AnchorInterval < TimeSpan.FromMilliseconds(100))
        {
            yield return "Audit:RefusalInterval and Audit:AnchorInterval must be at least 100 ms.";
        }
    }
}
