using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit;

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    private const int KeyBytes = 32;
    private const int LongestKeyId = 32;

    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuditOptions options)
    {
        foreach (var fault in KeyFaults("Audit:HmacKey", options.HmacKeyId, options.HmacKey))
        {
            yield return fault;
        }

        foreach (var fault in options.PreviousKeys.SelectMany(key => KeyFaults($"Audit:PreviousKeys:{key.Key}", key.Key, key.Value)))
        {
            yield return fault;
        }

        if (options.PreviousKeys.TryGetValue(options.HmacKeyId, out var previous) && previous != options.HmacKey)
        {
            yield return $"Audit:HmacKeyId: '{options.HmacKeyId}' also names a previous key; a new key needs a new name.";
        }

        if (options.RefusalsPerAddress < 1 || options.RefusalsPerName < 1 || options.RefusalsPerKind < 1)
        {
            yield return "Audit:RefusalsPerAddress, Audit:RefusalsPerName and Audit:RefusalsPerKind must be at least 1.";
        }

        if (options.RefusalInterval < TimeSpan.FromMilliseconds(100) || options.AnchorInterval < TimeSpan.FromMilliseconds(100))
        {
            yield return "Audit:RefusalInterval and Audit:AnchorInterval must be at least 100 ms.";
        }
    }

    private static IEnumerable<string> KeyFaults(string setting, string id, string key)
    {
        if (id.Length is 0 or > LongestKeyId || !id.All(char.IsAsciiLetterOrDigit))
        {
            yield return $"{setting}: a key's name is 1 to {LongestKeyId} ASCII letters and digits.";
        }

        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length < KeyBytes)
        {
            yield return $"{setting}: needs base64 of at least {KeyBytes} bytes.";
        }
    }
}
