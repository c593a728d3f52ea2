using EnergyLoad.GoogleCloud.Rest;
using EnergyLoad.GoogleCloud.Secrets;
using EnergyLoad.GoogleCloud.Secrets.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.GoogleCloud;

/// <summary>Adds the clients of Google Cloud to a service.</summary>
public static class GoogleCloudServices
{
    /// <summary>Adds the clients, configured by the section <c>GoogleCloud</c> of the builder's configuration.</summary>
    /// <param name="builder">The host that is being built.</param>
    public static IHostApplicationBuilder AddGoogleCloud(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGoogleCloud(builder.Configuration);
        return builder;
    }

    /// <summary>Adds the clients as singletons. A fault of the section stops the host at start, with every fault named.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="configuration">The root that holds the section <c>GoogleCloud</c>.</param>
    public static IServiceCollection AddGoogleCloud(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<GoogleCloudOptions, GoogleCloudOptionsValidator>()
            .Bind(configuration.GetSection(GoogleCloudOptions.Section));
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<GoogleCloudOptions>>().Value);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => new ApplicationCredential());
        services.TryAddSingleton<AccessTokenHandler>();
        services.TryAddSingleton<RestClient>();
        services.AddClient(static (rest, options) => new CloudTasksQueue(rest, options));
        services.AddClient(static (rest, options) => new PubSubPublisher(rest, options));
        services.AddClient(static (rest, options) => new StorageBucket(rest, options));
        services.AddClient(static (rest, options) => new SecretManager(rest, options));
        services.AddClient(static (rest, options) => new KmsKey(rest, options));
        services.AddClient(static (rest, options) => new IamSigner(rest, options));
        services.TryAddSingleton(static provider => new MetadataIdentity(provider.GetRequiredService<ApplicationCredential>()));
        return services.AddSecretLoading(configuration);
    }

    private static IServiceCollection AddSecretLoading(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<SecretsOptions, SecretsOptionsValidator>()
            .Bind(configuration.GetSection(SecretsOptions.Section));
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<SecretsOptions>>().Value);
        services.TryAddSingleton<SecretSources>();
        services.TryAddSingleton<SecretLoader>();
        return services.AddHostedService(static provider => provider.GetRequiredService<SecretLoader>());
    }

    // The clients' constructors are internal, which the container does not see.
    private static void AddClient<T>(this IServiceCollection services, Func<RestClient, GoogleCloudOptions, T> create)
        where T : class =>
        services.TryAddSingleton(provider =>
            create(provider.GetRequiredService<RestClient>(), provider.GetRequiredService<GoogleCloudOptions>()));
}
