using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>Issues Google-signed ID tokens. As at Google, a token is handed out again while it is young.</summary>
internal sealed class IdTokens(KeyRings keys, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan HandedOutFor = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Email, string Audience, bool WithEmail), IssuedToken> _issued = new();

    /// <param name="account">Whose identity the token states.</param>
    /// <param name="audience">The aud claim, exactly.</param>
    /// <param name="withEmail">Whether it says the address too: a metadata server does so only for format=full.</param>
    public string Issue(AccountSettings account, string audience, bool withEmail)
    {
        var now = clock.GetUtcNow();
        var key = (account.Email, audience, withEmail);
        if (_issued.TryGetValue(key, out var issued) && now - issued.At < HandedOutFor && issued.KeyId == keys.Google.Current.Id)
        {
            return issued.Token;
        }

        var signer = keys.Google.Current;
        var token = signer.Sign(JsonSerializer.SerializeToUtf8Bytes(Claims(account, audience, withEmail, now)));
        _issued[key] = new IssuedToken(token, signer.Id, now);
        return token;
    }

    private static JsonObject Claims(AccountSettings account, string audience, bool withEmail, DateTimeOffset now)
    {
        var claims = new JsonObject { ["aud"] = audience, ["azp"] = account.UniqueId };
        if (withEmail)
        {
            claims["email"] = account.Email;
            claims["email_verified"] = true;
        }

        claims["exp"] = (now + Lifetime).ToUnixTimeSeconds();
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["iss"] = "https://accounts.google.com";
        claims["sub"] = account.UniqueId;
        return claims;
    }

    private sealed record IssuedToken(string Token, string KeyId, DateTimeOffset At);
}
