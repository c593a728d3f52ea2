using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Refusals;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit;

/// <summary>Puts the log into a service that has a <see cref="Database"/>.</summary>
public static class AuditSetup
{
    /// <summary>Adds <see cref="AuditLog"/> and the work in the background that belongs to it.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="anchor">Makes the delegate that keeps anchors outside the database; null (the default) keeps none, and a cut tail cannot be found.</param>
    public static IHostApplicationBuilder AddEnergyLoadAudit(
        this IHostApplicationBuilder builder, Func<IServiceProvider, AuditAnchor>? anchor = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddValidatedOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.Section);
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<LaneWriter>();
        services.AddSingleton(provider => new RowFactory(ServiceName(provider)));
        services.AddSingleton(provider => Bounds(provider.GetRequiredService<IOptions<AuditOptions>>().Value));
        services.AddSingleton(CreateLog);
        return builder;
    }

    private static AuditLog CreateLog(IServiceProvider provider) => new(
        provider.GetRequiredService<Database>(),
        provider.GetRequiredService<LaneWriter>(),
        provider.GetRequiredService<RowFactory>(),
        provider.GetRequiredService<RefusalBounds>(),
        provider.GetRequiredService<AuditMetrics>(),
        provider.GetRequiredService<ILogger<AuditLog>>());

    private static RefusalBounds Bounds(AuditOptions options) => new(options.RefusalsPerKey, options.RefusalsPerKind);

    private static string ServiceName(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<AuditOptions>>().Value.Service is { Length: > 0 } service
            ? service
            : provider.GetRequiredService<IHostEnvironment>().ApplicationName;
}
