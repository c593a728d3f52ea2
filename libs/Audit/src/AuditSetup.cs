using EnergyLoad.Audit.Anchoring;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Reading;
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
    /// <summary>
    /// Adds <see cref="AuditLog"/>, <see cref="AuditVerifier"/> and <see cref="AuditRetention"/>, and the work in the background that
    /// belongs to them.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">
    /// The service's name in its rows, unless <c>Audit:Service</c> says another; null (the default) takes the application's name.
    /// </param>
    /// <param name="anchor">
    /// Makes the delegate that keeps anchors outside the database; null (the default) keeps none, and then a tail that is cut with care
    /// cannot be found.
    /// </param>
    /// <param name="anchorSource">
    /// Makes the delegate that reads them back for the verify command; null (the default) when they are handed to it as files.
    /// </param>
    public static IHostApplicationBuilder AddEnergyLoadAudit(
        this IHostApplicationBuilder builder,
        string? service = null,
        Func<IServiceProvider, AuditAnchor>? anchor = null,
        Func<IServiceProvider, AuditAnchorSource>? anchorSource = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddValidatedOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.Section);
        AddKeys(builder.Services);
        AddWriting(builder.Services, service ?? builder.Environment.ApplicationName);
        AddReading(builder.Services);
        if (anchor is not null)
        {
            AddAnchoring(builder.Services, anchor);
        }

        if (anchorSource is not null)
        {
            builder.Services.AddSingleton(anchorSource);
        }

        return builder;
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddSingleton<AuditKeys>();
        if (!services.Any(service => service.ServiceType == typeof(IRotating<AuditKeyRing>)))
        {
            services.AddSingleton<IRotating<AuditKeyRing>, PlainAuditKeys>();
            services.AddSingleton<IValidateOptions<AuditOptions>, PlainAuditKeyValidator>();
        }
    }

    private static void AddWriting(IServiceCollection services, string service)
    {
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton(new AccountRole("retention", AuditGrants.Retention));
        services.AddSingleton<LaneWriter>();
        services.AddSingleton(provider => new RowFactory(OptionsOf(provider).Service is { Length: > 0 } configured ? configured : service));
        services.AddSingleton(provider => new RefusalBounds(OptionsOf(provider)));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<LaneWriter>(),
            provider.GetRequiredService<RowFactory>(),
            provider.GetRequiredService<RefusalBounds>(),
            provider.GetRequiredService<AuditMetrics>(),
            provider.GetRequiredService<ILogger<AuditLog>>()));
        services.AddHostedService<RefusalCountWriter>();
    }

    private static void AddReading(IServiceCollection services)
    {
        services.AddSingleton<AnchorStore>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditKeys>(), provider.GetRequiredService<AnchorStore>()));
        services.AddSingleton(provider => new AuditRetention(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<AuditKeys>()));
    }

    private static void AddAnchoring(IServiceCollection services, Func<IServiceProvider, AuditAnchor> anchor)
    {
        services.AddSingleton(provider => new AuditAnchoring(
            provider.GetRequiredService<AnchorStore>(),
            anchor(provider),
            OptionsOf(provider).AnchorInterval,
            provider.GetRequiredService<AuditMetrics>(),
            provider.GetRequiredService<ILogger<AuditAnchoring>>()));
        services.AddHostedService<AnchorLoop>();
    }

    private static AuditOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<AuditOptions>>().Value;
}
