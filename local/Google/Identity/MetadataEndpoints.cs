using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>The metadata server of Cloud Run, for each account that something runs under.</summary>
internal static class MetadataEndpoints
{
    private const string Flavor = "Metadata-Flavor";

    public static void MapMetadata(this WebApplication app)
    {
        // Client libraries ask for / to find out whether they run at Google: only the answer's header counts.
        app.MapGet("/", (HttpContext context) => AccountOf(context) is null ? Results.NotFound() : Flavored(context, "computeMetadata/\n"));
        var metadata = app.MapGroup("/computeMetadata/v1").AddEndpointFilter(OnlyAskedProperlyAsync);
        metadata.MapGet("/project/project-id", (HttpContext context, GoogleSettings settings) => Flavored(context, settings.ProjectId));
        metadata.MapGet("/universe/universe-domain", (HttpContext context) => Flavored(context, "googleapis.com"));
        metadata.MapGet(
            "/instance/region",
            (HttpContext context, GoogleSettings settings) => Flavored(context, $"projects/1/regions/{settings.Location}"));
        metadata.MapGet("/instance/service-accounts/{name}/email", (HttpContext context) => Flavored(context, AccountOf(context)!.Email));
        metadata.MapGet("/instance/service-accounts/{name}/token", Token);
        metadata.MapGet("/instance/service-accounts/{name}/identity", Identity);
    }

    private static IResult Token(HttpContext context, AccessTokens tokens)
    {
        context.Response.Headers[Flavor] = "Google";
        return Results.Json(new
        {
            access_token = tokens.Issue(AccountOf(context)!),
            expires_in = (int)AccessTokens.Lifetime.TotalSeconds,
            token_type = "Bearer",
        });
    }

    private static IResult Identity(HttpContext context, IdTokens tokens, string? audience, string? format) =>
        string.IsNullOrEmpty(audience)
            ? Results.Text("non-empty audience parameter required\n", statusCode: StatusCodes.Status400BadRequest)
            : Flavored(context, tokens.Issue(AccountOf(context)!, audience, withEmail: format == "full"));

    private static async ValueTask<object?> OnlyAskedProperlyAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (AccountOf(context) is not { } account || (context.GetRouteValue("name") is string name && name != "default" && name != account.Email))
        {
            return Results.NotFound();
        }

        // The header proves that the request was not forged through a browser or an open redirect.
        return context.Request.Headers[Flavor] == "Google" ? await next(invocation) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static AccountSettings? AccountOf(HttpContext context) => context.Features.Get<MetadataAccount>()?.Account;

    private static IResult Flavored(HttpContext context, string text)
    {
        context.Response.Headers[Flavor] = "Google";
        return Results.Text(text, "application/text");
    }
}
