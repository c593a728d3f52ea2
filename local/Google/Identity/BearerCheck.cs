using System.Net.Http.Headers;
using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>Lets nobody at the REST surfaces without an access token that a metadata server here issued.</summary>
internal static class BearerCheck
{
    private static readonly PathString[] Guarded = ["/v1", "/v2", "/storage", "/upload"];

    public static void UseBearerCheck(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Guarded.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)) && !IsKnown(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"https://accounts.google.com/\"";
            await GoogleError.Unauthenticated().ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static bool IsKnown(HttpContext context) =>
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
        && header is { Scheme: "Bearer", Parameter: { } token }
        && context.RequestServices.GetRequiredService<AccessTokens>().EmailOf(token) is not null;
}
