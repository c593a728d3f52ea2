using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>Takes credentials from the plain configuration where no secret was configured for them.</summary>
public static class PlainCredentials
{
    /// <summary>Adds what a section says as the credential, and its validation at start, unless a secret was added for it before.</summary>
    /// <typeparam name="TOptions">The section's class.</typeparam>
    /// <typeparam name="T">The credential.</typeparam>
    /// <param name="services">The service's container.</param>
    /// <param name="keys">The keys that hold it, for the message.</param>
    /// <param name="secret">Name of the secret that may be configured instead, for the message.</param>
    /// <param name="read">Takes the credential out of the section.</param>
    public static IServiceCollection AddPlainCredential<TOptions, T>(
        this IServiceCollection services, string keys, string secret, Func<TOptions, T> read)
        where TOptions : class
        where T : class, ICredential
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(read);
        services.TryAddSingleton<CredentialInUse<T>>();
        if (services.Any(service => service.ServiceType == typeof(IRotating<T>)))
        {
            return services;
        }

        services.AddSingleton<IValidateOptions<TOptions>>(new PlainCredentialValidator<TOptions, T>(keys, secret, read));
        return services.AddSingleton<IRotating<T>>(
            provider => new PlainCredential<T>(read(provider.GetRequiredService<IOptions<TOptions>>().Value)));
    }
}
