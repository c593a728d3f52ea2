using System.Data.Common;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnergyLoad.MySql;

internal sealed class SchemaCheck(Migrator migrator, IReadOnlyList<MigrationSet> schemas) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var schema in schemas)
            {
                var level = await migrator.LevelAsync(schema.Owner, cancellationToken);
                if (level < schema.Level)
                {
                    return HealthCheckResult.Unhealthy(
                        $"{schema.Owner} is at level {level}, {schema.Level} is needed: run the migrate command.");
                }
            }

            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is UnavailableException or DbException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
