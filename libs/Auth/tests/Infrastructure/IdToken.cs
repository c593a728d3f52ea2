using System.Text.Json;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>The claims of a Google ID token, which a test may change before it signs them.</summary>
internal static class IdToken
{
    public const string Audience = "https://third-service.energyload.local";

    public static Dictionary<string, object> Claims(Account account)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new Dictionary<string, object>
        {
            ["iss"] = FakeGoogle.GoogleIssuer,
            ["aud"] = Audience,
            ["sub"] = account.UniqueId,
            ["azp"] = account.UniqueId,
            ["email"] = account.Email,
            ["email_verified"] = true,
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
    }

    public static string Of(FakeGoogle google, Account account, Action<Dictionary<string, object>>? change = null)
    {
        var claims = Claims(account);
        change?.Invoke(claims);
        return google.GoogleKeys[0].Sign(JsonSerializer.Serialize(claims));
    }
}
