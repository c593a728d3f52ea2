using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EnergyLoad.Hosting;

internal static class CloudLogging
{
    public static void AddCloudLogging(this ILoggingBuilder logging, string service)
    {
        logging.ClearProviders();
        logging.Services.AddSingleton(new LogLabels(service));
        logging.AddConsoleFormatter<CloudLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(console => console.FormatterName = CloudLogFormatter.FormatterName);
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);

        // Every request is a span already; the framework's own lines repeat URLs, and a URL can hold an API key.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
