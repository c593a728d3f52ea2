using System.Net;
using EnergyLoad.Local.ESight.Access;
using EnergyLoad.Local.ESight.Behaviour;
using EnergyLoad.Local.ESight.Books;
using EnergyLoad.Local.ESight.Consumption;
using EnergyLoad.Local.ESight.ErrorReports;
using EnergyLoad.Local.ESight.Lists;

namespace EnergyLoad.Local.ESight;

/// <summary>The outside world's e-Sight on one machine: the four calls that its clients know, and a control surface.</summary>
internal static class ESightServer
{
    private const int LargestBody = 64 * 1024 * 1024;

    public static WebApplication Build(ESightSettings settings)
    {
        Directory.CreateDirectory(settings.State);

        // Nothing is read from files of the working directory, so its whole tree need not be watched.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        builder.Services.AddAccess().AddBooks().AddBehaviour().AddLists().AddErrorReports();

        var app = builder.Build();
        app.MapAccess();
        app.MapLists();
        app.MapConsumption();
        app.MapBooks();
        app.MapBehaviour();
        app.MapErrorReports();
        return app;
    }
}
