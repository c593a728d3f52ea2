using EnergyLoad.Audit.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Audit;

/// <summary>The log's commands, for a service's executable and for the tool <c>energyload-audit</c>.</summary>
public static class AuditCommands
{
    private const int Intact = 0;
    private const int Tampered = 1;
    private const int Misused = 2;

    private const string Usage = """
        audit verify [--anchors DIR]       names the first bad row of each lane; DIR holds anchors from outside the database
        audit retain --before TIME         removes the rows before TIME
        audit erase [--msisdn N] [--client-ip A] [--user ID] [--before TIME]
                                           drops addresses and MSISDNs of the rows of which all of it holds
        TIME is RFC 3339. Exit code: 0 done or intact, 1 tampered with, 2 not understood.
        """;

    /// <summary>Runs <c>audit verify</c>, <c>audit retain</c> or <c>audit erase</c>.</summary>
    /// <param name="services">
    /// A host's services, with <see cref="AuditSetup.AddEnergyLoadAudit"/> among them; the host need not be started.
    /// </param>
    /// <param name="args">The command line, such as <c>audit verify --anchors DIR</c>.</param>
    /// <param name="output">Where the result is told.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>
    /// The exit code: 0 done or intact, 1 tampered with, 2 not understood; null when the command line does not begin with <c>audit</c>.
    /// </returns>
    public static async Task<int?> RunAsync(
        IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (args is not ["audit", ..])
        {
            return null;
        }

        try
        {
            return await RunCommandAsync(services, [.. args.Skip(1)], output, cancellationToken);
        }
        catch (FormatException exception)
        {
            await output.WriteLineAsync($"{exception.Message}\n{Usage}");
            return Misused;
        }
        catch (AuditTamperedException exception)
        {
            await output.WriteLineAsync($"STOPPED: {exception.Message} Run audit verify.");
            return Tampered;
        }
    }

    /// <summary>Verifies the log and tells the first bad row of each lane.</summary>
    /// <param name="services">A host's services, with <see cref="AuditSetup.AddEnergyLoadAudit"/> among them.</param>
    /// <param name="anchorFolder">
    /// A folder with anchors from outside the database; null takes the registered <see cref="AuditAnchorSource"/>, or none.
    /// </param>
    /// <param name="output">Where the result is told.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>The exit code: 0 intact, 1 tampered with.</returns>
    public static async Task<int> VerifyAsync(
        IServiceProvider services, string? anchorFolder, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(output);
        var source = anchorFolder is null ? services.GetService<AuditAnchorSource>() : new AnchorFolder(anchorFolder).ReadAsync;
        var anchors = source is null ? AsyncEnumerable.Empty<AnchorObject>() : source(cancellationToken);
        var verification = await services.GetRequiredService<AuditVerifier>().VerifyAsync(anchors, cancellationToken);
        await VerificationReport.WriteAsync(verification, output);
        return verification.IsIntact ? Intact : Tampered;
    }

    private static Task<int> RunCommandAsync(
        IServiceProvider services, string[] command, TextWriter output, CancellationToken cancellationToken) => command switch
    {
        ["verify", ..] => VerifyAsync(services, CommandOptions.Read(command, "--anchors")["--anchors"], output, cancellationToken),
        ["retain", ..] => RetainAsync(services, CommandOptions.Read(command, "--before"), output, cancellationToken),
        ["erase", ..] => EraseAsync(
            services, CommandOptions.Read(command, "--msisdn", "--client-ip", "--user", "--before"), output, cancellationToken),
        _ => throw new FormatException("There is no such command."),
    };

    private static async Task<int> RetainAsync(
        IServiceProvider services, CommandOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var before = options.Time("--before") ?? throw new FormatException("retain needs --before.");
        var removed = await services.GetRequiredService<AuditRetention>().RemoveBeforeAsync(before, cancellationToken);
        await output.WriteLineAsync($"{removed} rows removed.");
        return Intact;
    }

    private static async Task<int> EraseAsync(
        IServiceProvider services, CommandOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var erasure = new AuditErasure
        {
            Msisdn = options["--msisdn"],
            ClientAddress = options.Address("--client-ip"),
            UserId = options["--user"],
            Before = options.Time("--before"),
        };
        if (erasure == new AuditErasure())
        {
            throw new FormatException("erase needs at least one option.");
        }

        var erased = await services.GetRequiredService<AuditRetention>().EraseAsync(erasure, cancellationToken);
        await output.WriteLineAsync($"{erased} rows erased.");
        return Intact;
    }
}
