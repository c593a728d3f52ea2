using System.Net;
using EnergyLoad.Local.Google.Answers;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;
using EnergyLoad.Local.Google.Identity;
using EnergyLoad.Local.Google.Keys;
using EnergyLoad.Local.Google.PubSub;
using EnergyLoad.Local.Google.Scheduler;
using EnergyLoad.Local.Google.Secrets;
using EnergyLoad.Local.Google.Settings;
using EnergyLoad.Local.Google.Storage;
using EnergyLoad.Local.Google.Tasks;

namespace EnergyLoad.Local.Google;

/// <summary>Google Cloud on one machine: the REST surfaces that the clients use, in one process.</summary>
internal static class GoogleServer
{
    public static WebApplication Build(GoogleSettings settings)
    {
        Directory.CreateDirectory(settings.State);

        // Nothing is read from files of the working directory, so its whole tree need not be watched.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            foreach (var account in settings.Accounts.Where(account => account.MetadataPort is not null))
            {
                kestrel.Listen(IPAddress.Loopback, account.MetadataPort!.Value, listen => MetadataAccount.Mark(listen, account));
            }

            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        builder.Services.AddControl().AddIdentity().AddDispatch().AddTasks().AddScheduler().AddPubSub().AddStorage().AddSecrets().AddKeys();

        var app = builder.Build();

        // Read now: what is wrong with the state shows before anybody is served.
        _ = app.Services.GetRequiredService<Buckets>();
        _ = app.Services.GetRequiredService<SecretStore>();
        app.UseMalformedBodies();
        app.UseBearerCheck();
        app.MapIdentity();
        app.MapTasks();
        app.MapPubSub();
        app.MapStorage();
        app.MapSecrets();
        app.MapKeys();
        app.MapControl();
        app.MapFallback((HttpContext context) => GoogleError.NotFound(context.Request.Path));
        return app;
    }
}
