using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

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
        builder.Services.AddSingleton<ParkedMessages>();
        builder.Services.AddSingleton<GateAlert>();
        builder.Services.AddSingleton<GatePause>();
        builder.Services.AddSingleton<Sweep>();
        builder.Services.AddSingleton(SweepStep.Of<WakeUp>("wake-up", (wakeUp, token) => wakeUp.SetAsync(delay: null, token)));
        builder.Services.AddSingleton(SweepStep.Of<AuthSweep>("sessions", (sessions, token) => sessions.RunAsync(token)));

        // Between requests the instance may have no CPU to do it by itself; there is no anchoring where no bucket is configured.
        builder.Services.AddSingleton(SweepStep.Of<IEnumerable<AuditAnchoring>>(
            "anchors", (anchoring, token) => Task.WhenAll(anchoring.Select(log => log.AnchorIfDueAsync(token)))));
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

    private static async Task<NoContent> DrainAsync(
        [FromHeader(Name = "X-CloudTasks-TaskRetryCount")] string? retries, DrainRunner runner, IHostApplicationLifetime lifetime,
        IOptions<ServiceOptions> options)
    {
        // The rest of the stop is for what comes after the posts: their record, and the answer.
        var grace = TimeSpan.FromSeconds(options.Value.StopSeconds) * 2 / 3;
        await runner.RunAsync(grace, isRepeated: retries is not (null or "0"), lifetime.ApplicationStopping);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SweepAsync(Sweep sweep, CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
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
