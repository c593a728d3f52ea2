using System.Text;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.SendApi.Import;

/// <summary>Messages that lie in a bucket: the older way in, with the words and paths that its callers know.</summary>
internal static class ImportEndpoints
{
    public const string DrainPath = "/internal/tasks/import";
    private const string Empty = "Empty bucket! Nothing to send to e-sight";

    // RFC 9745: when the GET that changes things became deprecated, which is with the first version of this service.
    private const string DeprecatedSince = "@1793318400";

    public static void AddImport(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ImportOptions, ImportOptionsValidator>(ImportOptions.Section);
        builder.Services.AddKeyedSingleton(SendMigrations.ImportDrain, (services, key) => new Drain(
            services.GetRequiredService<Database>(), new DrainOptions(SendMigrations.DrainTable, SendMigrations.ImportDrain),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<SourceBucket>();
        builder.Services.AddSingleton<ImportStore>();
        builder.Services.AddSingleton<ImportWorkStore>();
        builder.Services.AddSingleton<ObjectTaking>();
        builder.Services.AddSingleton<ImportRunner>();
        builder.Services.AddSingleton<ImportProcess>();
        builder.Services.AddSingleton<ImportWakeUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ImportWakeUp>());
        builder.Services.AddSingleton(SweepStep.Of<ImportProcess>("imports", (imports, token) => imports.SweepAsync(token)));
    }

    public static void MapImport(this IEndpointRouteBuilder routes)
    {
        var send = routes.MapGroup("/api/v1/service/send");
        var imports = send.MapGroup("").RequireGatewayUser(Role.Root, Role.Admin, Role.Sender);
        imports.MapPost("/sendJsons", ImportAllAsync).WithName("ImportObjects");
        imports.MapPost("/sendJson/{file_name}", ImportByNameAsync).WithName("ImportObjectsByName");
        imports.MapGet("/sendJson/{file_name}", ImportByNameGetAsync).WithName("ImportObjectsByNameGet");
        send.MapGet("/imports/{importId}", FindAsync).WithName("GetImport")
            .RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice, Role.Sender);
        routes.MapPost(DrainPath, DrainAsync).WithName("DrainImports").RequireCaller(Caller.Tasks);
    }

    private static Task<IResult> ImportAllAsync(HttpContext context, CurrentUser user, ImportProcess process) =>
        ImportAsync(context, user, process, prefix: "");

    private static Task<IResult> ImportByNameAsync(HttpContext context, CurrentUser user, ImportProcess process) =>
        ImportAsync(context, user, process, NameOf(context));

    private static Task<IResult> ImportByNameGetAsync(HttpContext context, CurrentUser user, ImportProcess process)
    {
        context.Response.Headers["Deprecation"] = DeprecatedSince;
        return ImportByNameAsync(context, user, process);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, CurrentUser user, ImportProcess process, string prefix)
    {
        if (Encoding.UTF8.GetByteCount(prefix) > ErrorPath.NameBytes)
        {
            var reading = new QueryReading();
            reading.Refuse("file_name", $"1 to {ErrorPath.NameBytes} bytes of text");
            return new Problem(QueryReading.InvalidQuery, errors: reading.Faults);
        }

        if (await process.StartAsync(user, prefix, context.RequestAborted) is not { } progress)
        {
            return TypedResults.Text(Empty);
        }

        context.Response.Headers.Location = $"/api/v1/service/send/imports/{progress.View.ImportId}";
        return progress.Waiting > 0
            ? JsonAnswer.Of(progress.View, ImportJson.Default.ImportView, StatusCodes.Status202Accepted)
            : TypedResults.Text($"Success: {progress.View.Objects} file(s) have been processed", statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> FindAsync(
        string importId, CurrentUser user, ImportStore store, CancellationToken cancellationToken) =>
        SendId.TryParse(importId, out var id)
        && await store.FindAsync(id, cancellationToken) is { } progress
        && user.MaySee(progress.Username)
            ? JsonAnswer.Of(progress.View, ImportJson.Default.ImportView)
            : new Problem(ProblemTypes.NotFound, "There is no import of this id.");

    private static async Task<NoContent> DrainAsync(ImportRunner runner, IHostApplicationLifetime lifetime)
    {
        await runner.RunAsync(lifetime.ApplicationStopping);
        return TypedResults.NoContent();
    }

    /// <summary>The last segment of the path as it was sent: routing would leave %2F as it is and make %252F the same.</summary>
    private static string NameOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = (query < 0 ? target : target[..query]).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
