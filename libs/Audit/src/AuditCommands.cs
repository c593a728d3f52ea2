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
        verify [--anchors DIR]                     names the first bad row of each lane; DIR holds anchors from outside the database
        retain --before TIME                       removes the rows before TIME
        erase [--msisdn N] [--client-ip A] [--user ID] [--before TIME]
                                                   drops addresses and MSISDNs of the rows of which all of it holds
        TIME is RFC 3339. Exit code: 0 done or intact, 1 tampered with, 2 not understood.
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="services">A host's services, with <see cref="AuditSetup.AddEnergyLoadAudit"/> among them; the host need not be started.</param>
    /// <param name="arguments">The command and its options, as <c>verify --anchors DIR</c>.</param>
    /// <param name="output">Where the result is told.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>The exit code: 0 done or intact, 1 tampered with, 2 not understood.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            return (arguments.Count == 0 ? null : arguments[0]) switch
            {
                "verify" => await VerifyAsync(services, CommandOptions.Read(arguments, "--anchors")["--anchors"], output, cancellationToken),
                "retain" => await RetainAsync(services, arguments, output, cancellationToken),
                "erase" => await EraseAsync(services, arguments, output, cancellationToken),
                _ => throw new FormatException("There is no such command."),
            };
        }
        catch (FormatException exception)
        {
            await output.WriteLineAsync($"{exception.Message}\n{Usage}");
            return Misused;
        }
        catch (AuditTamperedException exception)
        {
            await output.WriteLineAsync($"STOPPED: {exception.Message} Run verify.");
            return Tampered;
        }
    }

    /// <summary>Verifies the log and tells the first bad row of each lane.</summary>
    /// <param name="services">A host's services, with <see cref="AuditSetup.AddEnergyLoadAudit"/> among them.</param>
    /// <param name="anchorFolder">A folder with anchors from outside the database; null takes the registered <see cref="AuditAnchorSource"/>, or none.</param>
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

    private static async Task<int> RetainAsync(
        IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var before = CommandOptions.Read(arguments, "--before").Time("--before") ?? throw new FormatException("retain needs --before.");
        var removed = await services.GetRequiredService<AuditRetention>().RemoveBeforeAsync(before, cancellationToken);
        await output.WriteLineAsync($"{removed} rows removed.");
        return Intact;
    }

    private static async Task<int> EraseAsync(
        IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var options = CommandOptions.Read(arguments, "--msisdn", "--client-ip", "--user", "--before");
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
