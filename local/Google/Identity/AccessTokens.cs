using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Local.Google.Files;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>
/// Access tokens: who and until when, under a MAC whose key outlives the process, as clients keep tokens across our restarts.
/// </summary>
internal sealed class AccessTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);
    private const string Prefix = "ya29.";
    private readonly byte[] _key;
    private readonly TimeProvider _clock;

    public AccessTokens(GoogleSettings settings, TimeProvider clock)
    {
        _clock = clock;
        var file = Path.Combine(settings.State, "access-tokens.key");
        if (!File.Exists(file))
        {
            PrivateFile.Replace(file, RandomNumberGenerator.GetBytes(32));
        }

        _key = File.ReadAllBytes(file);
    }

    public string Issue(AccountSettings account)
    {
        var content = Encoding.UTF8.GetBytes($"{(_clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds()} {account.Email}");
        return $"{Prefix}{Base64Url.EncodeToString(content)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, content))}";
    }

    /// <summary>Returns the address of the account that the token was issued to; null when it is not a valid token of ours.</summary>
    public string? EmailOf(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)
            || token[Prefix.Length..].Split('.') is not [var first, var second]
            || !Base64Url.IsValid(first)
            || !Base64Url.IsValid(second))
        {
            return null;
        }

        var content = Base64Url.DecodeFromChars(first);
        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(second), HMACSHA256.HashData(_key, content))
            ? Unexpired(Encoding.UTF8.GetString(content).Split(' '))
            : null;
    }

    private string? Unexpired(string[] parts) =>
        long.Parse(parts[0], CultureInfo.InvariantCulture) > _clock.GetUtcNow().ToUnixTimeSeconds() ? parts[1] : null;
}
