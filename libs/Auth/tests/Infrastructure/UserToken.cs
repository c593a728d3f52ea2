using System.Text.Json;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>A user's token made without a login, so that a test can get any claim wrong.</summary>
internal static class UserToken
{
    public static Dictionary<string, object?> Claims(TestUser user)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new Dictionary<string, object?>
        {
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["iss"] = FakeGoogle.Issuer,
            ["aud"] = RunningService.Audience,
            ["sub"] = FakeGoogle.Issuer,
            ["email"] = FakeGoogle.Issuer,
            ["user_id"] = user.Id,
            ["allowed_for"] = new[] { "sender" },
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["ver"] = 1,
        };
    }

    public static string Of(TestKey key, TestUser user, Action<Dictionary<string, object?>>? change = null)
    {
        var claims = Claims(user);
        change?.Invoke(claims);
        return key.Sign(JsonSerializer.Serialize(claims));
    }
}
