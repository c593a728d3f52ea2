using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.GoogleCloud.Secrets;
using EnergyLoad.GoogleCloud.Secrets.Sources;
using EnergyLoad.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud;

/// <summary>Adds secrets to a service.</summary>
public static class SecretServices
{
    /// <summary>
    /// Adds a secret, to be injected as <see cref="Secret{T}"/>: one type for one secret, so that none is mistaken for another.
    /// It is loaded before the hosted services start; a secret that is missing or malformed stops the host with its name.
    /// </summary>
    /// <typeparam name="T">What its JSON holds; a type that does not print its members.</typeparam>
    /// <param name="services">Where to add it; <c>AddGoogleCloud</c> is called too.</param>
    /// <param name="name">Its name under <c>Secrets:Sources</c>.</param>
    /// <param name="json">The shape of its JSON; mark what must be there as required.</param>
    /// <exception cref="ArgumentException">The type is a record whose ToString would print the secret.</exception>
    public static IServiceCollection AddSecret<T>(this IServiceCollection services, string name, JsonTypeInfo<T> json)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (typeof(T).GetMethod(nameof(ToString), [])!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        {
            throw new ArgumentException(
                $"{typeof(T).Name} is a record: its ToString prints the secret. Override it, or use a class.", nameof(json));
        }

        services.AddSingleton(provider => new Secret<T>(
            name,
            provider.GetRequiredService<SecretSources>().For(name),
            json,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Secret>>()));
        return services.AddSingleton<Secret>(static provider => provider.GetRequiredService<Secret<T>>());
    }

    /// <summary>
    /// Adds a secret as a credential if <c>Secrets:Sources</c> says where it is; else whoever needs it takes it from the plain
    /// configuration. Call it before what needs it is added.
    /// </summary>
    /// <typeparam name="T">The credential, one type for one secret.</typeparam>
    /// <param name="builder">The host that is being built.</param>
    /// <param name="name">Its name under <c>Secrets:Sources</c>.</param>
    /// <param name="json">The shape of its JSON.</param>
    public static IHostApplicationBuilder AddRotating<T>(this IHostApplicationBuilder builder, string name, JsonTypeInfo<T> json)
        where T : class, ICredential
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!string.IsNullOrEmpty(builder.Configuration[$"{SecretsOptions.Section}:{nameof(SecretsOptions.Sources)}:{name}"]))
        {
            builder.Services.AddSecret(name, json).AddSingleton<IRotating<T>, RotatingSecret<T>>();
        }

        return builder;
    }

    /// <summary>Loads every secret before a command runs, as <see cref="ServiceCommands"/> takes it: put it before the commands.</summary>
    /// <param name="services">The services that were built.</param>
    /// <param name="args">The command line; it may be any.</param>
    /// <param name="output">Nothing is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: the command is another's.</returns>
    /// <exception cref="SecretException">One or more could not be loaded; all of them are named.</exception>
    public static async Task<int?> LoadForCommandAsync(
        IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        await services.LoadSecretsAsync(cancellationToken);
        return null;
    }

    /// <summary>Loads every secret, for a command that runs without starting the host.</summary>
    /// <param name="services">The services that were built.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="SecretException">One or more could not be loaded; all of them are named.</exception>
    public static Task LoadSecretsAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<SecretLoader>().LoadAllAsync(ct);
}
