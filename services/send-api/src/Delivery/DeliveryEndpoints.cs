using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Outcomes;
using Microsoft.AspNetCore.Mvc;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>The wake-up of Cloud Tasks and the sweep of Cloud Scheduler.</summary>
internal static class DeliveryEndpoints
{
    public const string DrainPath = "/internal/tasks/drain";
    private const string SweepPath = "/internal/scheduler/sweep";

    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<DeliveryOptions, DeliveryOptionsValidator>(DeliveryOptions.Section);
        builder.Services.AddValidatedOptions<ESightOptions, ESightOptionsValidator>(ESightOptions.Section);
        builder.AddESightLogins();
        builder.Services.AddSingleton(new DrainOptions(SendMigrations.DrainTable, SendMigrations.DeliveryDrain));
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<WakeUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WakeUp>());
        builder.Services.AddSingleton<ClaimStore>();
        builder.Services.AddSingleton<RecordStore>();
        builder.Services.AddSingleton<DrainRunner>();
        builder.Services.AddSingleton<GatePause>();
        builder.Services.AddSingleton<ESightLists>();
        builder.Services.AddHttpClient<ESightClient>(ConfigureClient).ConfigurePrimaryHttpMessageHandler(CreateHandler);
        builder.Services.AddHttpClient<ESightListReader>(ConfigureClient).ConfigurePrimaryHttpMessageHandler(CreateHandler);
    }

    public static void MapDelivery(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(DrainPath, DrainAsync).WithName("Drain").RequireCaller(Caller.Tasks);
        routes.MapPost(SweepPath, SweepAsync).WithName("Sweep").RequireCaller(Caller.Scheduler);
        routes.MapGate();
    }

    private static async Task<IResult> DrainAsync(DrainRunner runner, IHostApplicationLifetime lifetime)
    {
        try
        {
            await runner.RunAsync(lifetime.ApplicationStopping);
            return TypedResults.NoContent();
        }
        catch (OperationCanceledException)
        {
            // This instance stops; Cloud Tasks calls again and reaches another.
            return new Problem(ProblemTypes.Unavailable, "The instance stops.", retryAfter: TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<IResult> SweepAsync(
        WakeUp wakeUp,
        ErrorEventProcess errors,
        OutcomeFollower follower,
        ImportProcess imports,
        AuthSweep auth,
        [FromServices] AuditAnchoring? anchoring,
        CancellationToken cancellationToken)
    {
        await wakeUp.SetAsync(delay: null, cancellationToken);
        await errors.ReleaseAsync(cancellationToken);
        await follower.SweepAsync(cancellationToken);
        await imports.SweepAsync(cancellationToken);
        await auth.RunAsync(cancellationToken);
        if (anchoring is not null)
        {
            // Between requests the instance may have no CPU to do it by itself.
            await anchoring.AnchorIfDueAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static void ConfigureClient(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = 16 * 1024 * 1024;
    }

    // e-Sight's contract is hardly known: no redirect is followed, no cookie kept, and a changed DNS entry is seen within minutes.
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 64,
    };
}
