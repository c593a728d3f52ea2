using EnergyLoad.Auth.Passwords;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth;

/// <summary>Names every fault of the section at once: key, rule, value.</summary>
internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        string[] faults =
        [
            .. Tokens(options),
            .. Origins(options),
            .. CallersOf(options.Callers),
            .. Passwords(options.Passwords),
            .. Limits(options.LoginLimits),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Tokens(AuthOptions options)
    {
        if (!IsEmail(options.Issuer))
        {
            yield return $"Auth:Issuer must be the e-mail of the signing account, not '{options.Issuer}'.";
        }

        if (!IsHttpAddress(options.Audience))
        {
            yield return $"Auth:Audience must be the address of this service's gateway, not '{options.Audience}'.";
        }

        if (options.JwksUrl.Length > 0 && !IsSafeAddress(options.JwksUrl))
        {
            yield return $"Auth:JwksUrl must be an https address (http only on loopback), not '{options.JwksUrl}'.";
        }

        if (!Enum.IsDefined(options.Signer))
        {
            yield return $"Auth:Signer must be IamCredentials or Key, not '{options.Signer}'.";
        }

        if (options.TokenLifetime < TimeSpan.FromMinutes(1) || options.TokenLifetime > TimeSpan.FromHours(12))
        {
            yield return $"Auth:TokenLifetime must be from 1 minute to 12 hours, not '{options.TokenLifetime}'.";
        }
    }

    private static IEnumerable<string> Origins(AuthOptions options)
    {
        if (options.TrustedHops is < 0 or > 10)
        {
            yield return $"Auth:TrustedHops must be from 0 to 10, not '{options.TrustedHops}'.";
        }

        if (string.IsNullOrWhiteSpace(options.MsisdnHeader) || options.MsisdnHeader.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            yield return $"Auth:MsisdnHeader must be the name of a header, not '{options.MsisdnHeader}'.";
        }
    }

    private static IEnumerable<string> CallersOf(CallersOptions callers)
    {
        if (!IsSafeAddress(callers.JwksUrl))
        {
            yield return $"Auth:Callers:JwksUrl must be an https address (http only on loopback), not '{callers.JwksUrl}'.";
        }

        if (callers.Audience.Length == 0)
        {
            yield return "Auth:Callers:Audience must be this service's address, not empty.";
        }

        if (!callers.Gateway.IsSet)
        {
            yield return "Auth:Callers:Gateway must have an Email or a UniqueId.";
        }

        foreach (var (caller, account) in callers.Configured())
        {
            if (account.Email.Length > 0 && !IsEmail(account.Email))
            {
                yield return $"Auth:Callers:{caller}:Email must be an e-mail, not '{account.Email}'.";
            }

            if (account.UniqueId.Any(c => !char.IsAsciiDigit(c)))
            {
                yield return $"Auth:Callers:{caller}:UniqueId must be digits, not '{account.UniqueId}'.";
            }
        }
    }

    private static IEnumerable<string> Passwords(PasswordOptions passwords)
    {
        if (passwords.Parameters.IsWeakerThan(Argon2Parameters.OwaspMinimum) || passwords.MemoryKib < 7168 || passwords.Lanes < 1)
        {
            yield return $"Auth:Passwords must not be weaker than m=19456, t=2, p=1, but are '{passwords.Parameters}'.";
        }

        if (passwords.Parameters.Exceeds(Argon2Parameters.Ceiling))
        {
            yield return $"Auth:Passwords must not be above m=131072, t=8, p=16, but are '{passwords.Parameters}'.";
        }

        if (passwords.MemoryBudgetMib * 1024L < Argon2Parameters.Ceiling.MemoryKib)
        {
            yield return $"Auth:Passwords:MemoryBudgetMib must be at least 128, not '{passwords.MemoryBudgetMib}'.";
        }

        if (passwords.Concurrency < 1 || passwords.QueueLimit < 0)
        {
            yield return $"Auth:Passwords:Concurrency must be at least 1, not '{passwords.Concurrency}'; QueueLimit must not be negative.";
        }
    }

    private static IEnumerable<string> Limits(LoginLimitOptions limits)
    {
        if (limits.FreeFailuresPerName < 1 || limits.FreeFailuresPerAddress < 1 || limits.PerAddressPerMinute < 1)
        {
            yield return "Auth:LoginLimits: FreeFailuresPerName, FreeFailuresPerAddress and PerAddressPerMinute must be at least 1.";
        }

        if (limits.FirstWait <= TimeSpan.Zero || limits.LongestWait < limits.FirstWait || limits.Memory < limits.LongestWait)
        {
            yield return "Auth:LoginLimits must hold 0 < FirstWait <= LongestWait <= Memory.";
        }

        if (limits.KnownFor <= TimeSpan.Zero)
        {
            yield return $"Auth:LoginLimits:KnownFor must be more than zero, not '{limits.KnownFor}'.";
        }
    }

    private static bool IsEmail(string text) => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1;

    private static bool IsHttpAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsSafeAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
