using EnergyLoad.Audit;
using EnergyLoad.Auth.Anchors;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnergyLoad.Auth;

/// <summary>Puts the audit log into a service, with its anchors in a bucket of Cloud Storage.</summary>
public static class AuditInBucket
{
    /// <summary>
    /// Adds the audit log; its heads are anchored in the bucket <c>Audit:AnchorBucket</c>, which is required but for
    /// <c>Hosting:Loopback</c>.
    /// </summary>
    /// <param name="builder">The service's builder; it has the clients of Google Cloud.</param>
    /// <param name="service">The service's name in the log.</param>
    public static IHostApplicationBuilder AddAuditInBucket(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddValidatedOptions<AuditBucketOptions, AuditBucketOptionsValidator>(AuditBucketOptions.Section);
        var bucket = builder.Configuration[$"{AuditBucketOptions.Section}:{nameof(AuditBucketOptions.AnchorBucket)}"];
        if (string.IsNullOrEmpty(bucket))
        {
            return builder.AddEnergyLoadAudit(service);
        }

        builder.Services.AddSingleton(provider => new AuditBucket(
            provider.GetRequiredService<StorageBucket>(), bucket, provider.GetRequiredService<TimeProvider>()));
        return builder.AddEnergyLoadAudit(
            service,
            provider => provider.GetRequiredService<AuditBucket>().KeepAsync,
            provider => provider.GetRequiredService<AuditBucket>().ReadAsync);
    }
}
