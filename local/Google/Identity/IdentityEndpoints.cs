using System.Text;
using System.Text.Json;
using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>Public keys, and IAM Credentials' signJwt and generateIdToken.</summary>
internal static class IdentityEndpoints
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    public static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton<Accounts>()
        .AddSingleton<KeyRings>()
        .AddSingleton<IdTokens>()
        .AddSingleton<AccessTokens>();

    public static void MapIdentity(this WebApplication app)
    {
        app.MapMetadata();
        app.MapGet("/oauth2/v3/certs", (KeyRings keys) => Results.Json(new { keys = keys.Google.Published }));
        app.MapGet("/service_accounts/v1/jwk/{email}", AccountKeys);
        app.MapPost("/v1/projects/-/serviceAccounts/{email}:signJwt", SignJwt);
        app.MapPost("/v1/projects/-/serviceAccounts/{email}:generateIdToken", GenerateIdToken);
        app.MapPost("/control/keys", ChangeKeys);
    }

    private static IResult AccountKeys(string email, Accounts accounts, KeyRings keys) =>
        accounts.TryGet(email, out _)
            ? Results.Json(new { keys = keys.Of(email).Published })
            : GoogleError.NotFound($"Service account {email}");

    private static IResult SignJwt(string email, SignJwtRequest request, Accounts accounts, KeyRings keys, TimeProvider clock)
    {
        if (!accounts.TryGet(email, out _))
        {
            return GoogleError.Denied("iam.serviceAccounts.signJwt", $"projects/-/serviceAccounts/{email}");
        }

        if (FaultIn(request.Payload, clock.GetUtcNow()) is { } fault)
        {
            return GoogleError.Invalid(fault);
        }

        var key = keys.Of(email).Current;
        return Results.Json(new { keyId = key.Id, signedJwt = key.Sign(Encoding.UTF8.GetBytes(request.Payload!)) });
    }

    private static IResult GenerateIdToken(string email, IdTokenRequest request, Accounts accounts, IdTokens tokens) =>
        !accounts.TryGet(email, out var account)
            ? GoogleError.Denied("iam.serviceAccounts.getOpenIdToken", $"projects/-/serviceAccounts/{email}")
        : string.IsNullOrEmpty(request.Audience) ? GoogleError.Invalid("audience is required.")
        : Results.Json(new { token = tokens.Issue(account, request.Audience, request.IncludeEmail) });

    private static string? FaultIn(string? payload, DateTimeOffset now)
    {
        try
        {
            var claims = JsonElement.Parse(payload ?? "");
            return claims.ValueKind != JsonValueKind.Object ? "payload must be a JSON object."
                : claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds)
                    && seconds > (now + LongestLife).ToUnixTimeSeconds()
                    ? "exp must be at most 12 hours ahead."
                    : null;
        }
        catch (JsonException)
        {
            return "payload must be a JSON object.";
        }
    }

    private static IResult ChangeKeys(KeyChange change, Accounts accounts, KeyRings keys)
    {
        if (change.Account != "google" && !accounts.TryGet(change.Account, out _))
        {
            return GoogleError.NotFound($"Service account {change.Account}");
        }

        var ring = keys.Of(change.Account);
        if (change.Publish)
        {
            ring.PublishNext();
        }

        if (change.Rotate)
        {
            ring.Rotate();
        }

        return Results.Json(new { current = ring.Current.Id, published = ring.Published.Select(key => key.Kid) });
    }
}
