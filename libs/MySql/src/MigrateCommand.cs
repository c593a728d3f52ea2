using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.MySql;

/// <summary>The command <c>migrate</c>: brings every schema of the service to the level that this version needs.</summary>
public static class MigrateCommand
{
    /// <summary>Runs <c>migrate</c>, under an account that may create tables.</summary>
    /// <param name="services">The service's container; the host need not be started.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the levels are told.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The exit code; null when the command line is another one.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (args is not ["migrate"])
        {
            return null;
        }

        var migrator = services.GetRequiredService<Migrator>();
        foreach (var schema in services.GetRequiredService<IReadOnlyList<MigrationSet>>())
        {
            await migrator.RunAsync(schema, cancellationToken);
            await output.WriteLineAsync($"{schema.Owner}: level {schema.Level}");
        }

        return 0;
    }
}
