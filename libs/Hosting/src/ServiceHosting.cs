using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EnergyLoad.Hosting;

/// <summary>What every service of ours has in common.</summary>
public static class ServiceHosting
{
    private const string DefaultPort = "8080";

    /// <summary>Adds configuration, logging, telemetry, problem documents, health and a graceful stop.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The service's name in telemetry and audit, such as <c>edm-sight-send-apis</c>.</param>
    public static WebApplicationBuilder AddServiceHosting(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var options = builder.Configuration.GetSection(ServiceOptions.Section).Get<ServiceOptions>() ?? new();

        builder.Services.AddValidatedOptions<ServiceOptions, ServiceOptionsValidator>(ServiceOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddExceptionHandler<FaultHandler>();
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopSeconds));
        builder.Logging.AddCloudLogging(service);
        builder.AddTelemetry(service);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // As strict UTF-8, an odd byte in any header would be a 400 without a word.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
        });

        // A buffer for each idle connection is cheaper than asking the socket twice for each request.
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.WebHost.UseUrls(AddressOf(builder.Configuration, options));
        return builder;
    }

    /// <summary>Adds the outermost steps of the pipeline and the probes; call it first.</summary>
    /// <param name="app">The service.</param>
    public static WebApplication UseServiceHosting(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(SetSecurityHeadersAsync);
        app.UseMiddleware<RequestLine>();
        app.Use(RequestSpans.DescribeAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = FaultAsync });
        app.UseStatusCodePages(
            context => new Problem(ProblemTypes.ForStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseRouting();
        app.Use(RequestLine.KnowRouteAsync);
        app.MapProbes();
        return app;
    }

    private static string AddressOf(ConfigurationManager configuration, ServiceOptions options) =>
        $"http://{(options.Loopback ? "127.0.0.1" : "*")}:{configuration["PORT"] ?? DefaultPort}";

    private static Task SetSecurityHeadersAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    // Reached only when no IExceptionHandler took the fault, which FaultHandler always does.
    private static Task FaultAsync(HttpContext context) => new Problem(ProblemTypes.InternalError).ExecuteAsync(context);
}
