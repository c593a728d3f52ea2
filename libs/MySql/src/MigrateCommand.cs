using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.MySql;

/// <summary>
/// The command <c>migrate</c>: brings every schema of the service to the level that this version needs, and then gives the accounts
/// that are named the rights of their roles.
/// </summary>
public static class MigrateCommand
{
    private const int Misused = 2;

    /// <summary>Runs <c>migrate [--ROLE ACCOUNT]…</c>, under an account that may create tables and pass on its rights.</summary>
    /// <param name="services">The service's container; the host need not be started.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the levels are told.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The exit code: 0 done, 2 not understood; null when the command line is another one.</returns>
    public static async Task<int?> RunAsync(
        IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        if (args.Count == 0 || args[0] != "migrate")
        {
            return null;
        }

        var rights = ActivatorUtilities.CreateInstance<AccountRights>(services);
        if (rights.Read([.. args.Skip(1)]) is not { } accounts)
        {
            await output.WriteLineAsync($"Usage: migrate{rights.Usage}");
            return Misused;
        }

        await MigrateAsync(services, output, cancellationToken);
        foreach (var (role, account) in accounts)
        {
            await rights.GiveAsync(role, account, cancellationToken);
            await output.WriteLineAsync($"{account}: rights of {role.Name}");
        }

        return 0;
    }

    private static async Task MigrateAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var migrator = services.GetRequiredService<Migrator>();
        foreach (var schema in services.GetRequiredService<IReadOnlyList<MigrationSet>>())
        {
            await migrator.RunAsync(schema, cancellationToken);
            await output.WriteLineAsync($"{schema.Owner}: level {schema.Level}");
        }
    }
}
