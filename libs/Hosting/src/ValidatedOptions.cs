using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>Options that stop a service at start when they are wrong.</summary>
public static class ValidatedOptions
{
    /// <summary>Binds a section and validates it when the host starts; all faults are told at once.</summary>
    /// <typeparam name="TOptions">The section's class.</typeparam>
    /// <typeparam name="TValidator">Its validator.</typeparam>
    /// <param name="services">The service's container.</param>
    /// <param name="section">Name of the configuration section.</param>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>>(
            provider => new SectionValidator<TOptions>(section, ActivatorUtilities.CreateInstance<TValidator>(provider)));
        return services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section);
    }
}
