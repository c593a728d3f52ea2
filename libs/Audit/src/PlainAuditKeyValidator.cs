using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit;

/// <summary>The keys of the section, where no secret holds them.</summary>
internal sealed class PlainAuditKeyValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuditOptions options)
    {
        if (AuditKeyRing.FaultOf(options.HmacKeyId, options.HmacKey) is { } fault)
        {
            yield return $"Audit:HmacKey: {fault}. Set it, or Secrets:Sources:{AuditKeyRing.SecretName}.";
        }

        foreach (var (id, key) in options.PreviousKeys)
        {
            if (AuditKeyRing.FaultOf(id, key) is { } older)
            {
                yield return $"Audit:PreviousKeys:{id}: {older}.";
            }
        }

        if (options.PreviousKeys.TryGetValue(options.HmacKeyId, out var previous) && previous != options.HmacKey)
        {
            yield return $"Audit:HmacKeyId: '{options.HmacKeyId}' also names a previous key; a new key needs a new name.";
        }
    }
}
