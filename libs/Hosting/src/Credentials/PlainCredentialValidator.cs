using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

internal sealed class PlainCredentialValidator<TOptions, T>(string keys, string secret, Func<TOptions, T> read) : IValidateOptions<TOptions>
    where TOptions : class
    where T : class, ICredential
{
    public ValidateOptionsResult Validate(string? name, TOptions options) => read(options).Fault is { } fault
        ? ValidateOptionsResult.Fail($"{keys}: {fault}. Set them, or Secrets:Sources:{secret}.")
        : ValidateOptionsResult.Success;
}
