using EnergyLoad.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.MySql;

/// <summary>Puts the database into a service.</summary>
public static class MySqlSetup
{
    /// <summary>
    /// Adds <see cref="Database"/>, <see cref="DatabaseClock"/>, <see cref="Migrator"/> and the readiness check: ready means that every
    /// schema has the level that this code needs.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="schemas">The schemas that the service works on.</param>
    public static IHostApplicationBuilder AddMySql(this IHostApplicationBuilder builder, params MigrationSet[] schemas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddValidatedOptions<MySqlOptions, MySqlOptionsValidator>(MySqlOptions.Section);
        builder.Services.AddPlainCredential<MySqlOptions, DatabaseLogin>(
            "MySql:User and MySql:Password", DatabaseLogin.SecretName, Database.LoginOf);
        builder.Services.AddSingleton(services => new Database(
            services.GetRequiredService<IOptions<MySqlOptions>>().Value, services.GetRequiredService<IRotating<DatabaseLogin>>()));
        builder.Services.AddSingleton<DatabaseClock>();
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddSingleton(AccountRole.Reader);
        builder.Services.AddSingleton<IReadOnlyList<MigrationSet>>(schemas);
        builder.Services.AddExceptionHandler<DatabaseFaultHandler>();
        builder.Services.AddHealthChecks().AddCheck<SchemaCheck>("schema", HealthStatus.Unhealthy, [HealthEndpoints.Ready]);
        return builder;
    }
}

[OptionsValidator]
internal sealed partial class MySqlOptionsValidator : IValidateOptions<MySqlOptions>;
