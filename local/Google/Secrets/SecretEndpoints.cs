using System.Globalization;
using EnergyLoad.Local.Google.Answers;
using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Secrets;

/// <summary>Secret Manager v1.</summary>
internal static class SecretEndpoints
{
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services.AddSingleton<SecretStore>();

    public static void MapSecrets(this WebApplication app)
    {
        const string secret = "/v1/projects/{project}/secrets/{secret}";
        app.MapPost("/v1/projects/{project}/secrets", Create);
        app.MapGet(secret, (HttpContext context, SecretStore store) =>
            store.Find(Name(context)) is { } found ? Results.Json(new { name = found.Name }) : NotFound(context));
        app.MapPost(secret + ":addVersion", AddVersion);
        app.MapGet(secret + "/versions", List);
        app.MapGet(secret + "/versions/{version}", (HttpContext context, string version, SecretStore store) =>
            Version(context, version, store) is { } found ? Results.Json(found.ToResource(Name(context))) : NotFound(context));
        app.MapGet(secret + "/versions/{version}:access", Access);
        MapState(app, secret, "disable", StoredVersion.Disabled);
        MapState(app, secret, "enable", StoredVersion.Enabled);
        MapState(app, secret, "destroy", StoredVersion.Destroyed);
    }

    private static void MapState(WebApplication app, string secret, string verb, string state) => app.MapPost(
        $"{secret}/versions/{{version}}:{verb}",
        (HttpContext context, string version, SecretStore store) => store.SetState(Name(context), version, state) is { } changed
            ? Results.Json(changed.ToResource(Name(context)))
            : GoogleError.FailedPrecondition("There is no such version, or it is destroyed."));

    private static IResult Create(string project, string secretId, SecretStore store)
    {
        var name = $"projects/{project}/secrets/{secretId}";
        return store.Create(name) ? Results.Json(new { name }) : GoogleError.AlreadyExists($"Secret [{name}]");
    }

    private static IResult AddVersion(HttpContext context, AddVersionRequest request, SecretStore store)
    {
        if (request.Fault() is { } fault)
        {
            return GoogleError.Invalid(fault);
        }

        var name = Name(context);
        return store.AddVersion(name, request.Payload!.Data!) is { } added ? Results.Json(added.ToResource(name)) : NotFound(context);
    }

    private static IResult List(HttpContext context, SecretStore store, string? filter, int? pageSize, string? pageToken)
    {
        if (store.Find(Name(context)) is not { } secret)
        {
            return NotFound(context);
        }

        var state = filter?.Split([':', '=']) is ["state", var wanted] ? wanted : null;
        var size = pageSize is > 0 ? pageSize.Value : 25_000;
        var start = int.TryParse(pageToken, CultureInfo.InvariantCulture, out var from) ? from : 0;
        var all = secret.Versions.Where(version => state is null || version.State == state).OrderByDescending(version => version.Number)
            .ToList();
        return Results.Json(new
        {
            versions = all.Skip(start).Take(size).Select(version => version.ToResource(secret.Name)),
            nextPageToken = start + size < all.Count ? (start + size).ToString(CultureInfo.InvariantCulture) : "",
            totalSize = all.Count,
        });
    }

    private static IResult Access(HttpContext context, string version, SecretStore store)
    {
        if (Version(context, version, store) is not { } found)
        {
            return NotFound(context);
        }

        var name = $"{Name(context)}/versions/{found.Number}";
        return found is { State: StoredVersion.Enabled, Data: { } data }
            ? Results.Json(new { name, payload = new { data, dataCrc32c = Crc32C.Of(data).ToString(CultureInfo.InvariantCulture) } })
            : GoogleError.FailedPrecondition($"Secret Version [{name}] is in {found.State} state.");
    }

    private static StoredVersion? Version(HttpContext context, string version, SecretStore store) =>
        store.Find(Name(context)) is { } secret ? SecretStore.VersionOf(secret, version) : null;

    private static string Name(HttpContext context) =>
        $"projects/{context.GetRouteValue("project")}/secrets/{context.GetRouteValue("secret")}";

    private static GoogleError NotFound(HttpContext context) => GoogleError.NotFound($"Secret [{Name(context)}], or that version of it,");
}
