using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>A command of a service's executable; null when the command line is not one of its own.</summary>
/// <param name="services">The service's container; the host is not started.</param>
/// <param name="args">The command line.</param>
/// <param name="output">Where the result is told.</param>
/// <param name="cancellationToken">Stops the command.</param>
public delegate Task<int?> ServiceCommand(
    IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken);

/// <summary>One executable, one image: without arguments it serves, with arguments it does a job and ends.</summary>
public static class ServiceCommands
{
    private const int Misused = 2;

    // EX_CONFIG of sysexits.h.
    private const int Misconfigured = 78;

    /// <summary>Serves, or runs the command that the arguments name.</summary>
    /// <param name="app">The service.</param>
    /// <param name="args">The command line.</param>
    /// <param name="commands">The commands that the service has.</param>
    /// <returns>The exit code: 78 when the configuration or a secret keeps it from starting.</returns>
    public static async Task<int> RunAsync(this WebApplication app, string[] args, params ServiceCommand[] commands)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(commands);
        try
        {
            return await ServeOrDoAsync(app, args, commands);
        }
        catch (Exception exception) when (FaultsOf(exception) is { Length: > 0 } faults)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return Misconfigured;
        }
    }

    /// <summary>What is wrong with the settings or the secrets, a line each; empty when the exception is about something else.</summary>
    private static string[] FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        StartUpException fault => [fault.Message],

        // Several sections are at fault.
        AggregateException several when several.InnerExceptions.All(inner => FaultsOf(inner).Length > 0) =>
            [.. several.InnerExceptions.SelectMany(FaultsOf)],
        _ => [],
    };

    private static async Task<int> ServeOrDoAsync(WebApplication app, string[] args, ServiceCommand[] commands)
    {
        await using (app)
        {
            if (args is null or [])
            {
                // Before the host makes its services, each of which would stop at the first section that it needs.
                app.Services.GetService<IStartupValidator>()?.Validate();
                await app.RunAsync();
                return 0;
            }

            foreach (var command in commands)
            {
                if (await command(app.Services, args, Console.Out, CancellationToken.None) is { } exitCode)
                {
                    return exitCode;
                }
            }
        }

        await Console.Error.WriteLineAsync(
            $"There is no command '{args[0]}'. Without arguments the service starts; docs/operations.md lists the commands.");
        return Misused;
    }
}
