using EnergyLoad.Local.ESight.Behaviour;

namespace EnergyLoad.Local.ESight.Access;

internal static class AccessEndpoints
{
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services.AddSingleton<Credentials>().AddSingleton<AccessTokens>();

    public static void MapAccess(this WebApplication app)
    {
        app.MapGet("/token", TokenAsync);
        app.MapPut("/control/credentials", Replace);
        app.MapDelete("/control/tokens", (AccessTokens tokens) => tokens.ForgetAll());
    }

    private static async Task TokenAsync(HttpContext context, Credentials credentials, AccessTokens tokens, BehaviourRules rules)
    {
        if (!credentials.Read.Match(context.Request))
        {
            await Refusal("Basic realm=\"e-Sight\"").ExecuteAsync(context);
            return;
        }

        await Answer.SendAsync(context, rules.Take("/token", ""), () => Results.Json(
            new { access_token = tokens.Issue(), token_type = "Bearer", expires_in = (int)AccessTokens.Lifetime.TotalSeconds }));
    }

    private static void Replace(NewCredentials replacement, Credentials credentials)
    {
        if (replacement.ReadPassword is { } read)
        {
            credentials.Read = new(replacement.ReadUser ?? "", read);
        }

        if (replacement.WritePassword is { } write)
        {
            credentials.Write = new(replacement.WriteUser ?? "", write);
        }
    }

    public static IResult Refusal(string challenge) => new Unauthorised(challenge);
}
