using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Users;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth;

/// <summary>What an operator does at the installation itself: commands of the service's executable.</summary>
public static class AuthCommands
{
    private const string CreateRoot = "create-root";
    private const string ImportUsers = "import-users";
    private const int PasswordBytes = 24;

    /// <summary>Runs <c>create-root USERNAME</c> or <c>import-users</c>.</summary>
    /// <param name="services">The service's container; the host need not be started.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the result is written, the new root's password among it: it is shown once and kept nowhere.</param>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <returns>The exit code; null when the command line holds none of these commands.</returns>
    public static async Task<int?> RunAsync(
        IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        return args switch
        {
            [CreateRoot, var username] => await CreateRootAsync(services, username, output, cancellationToken),
            [ImportUsers] => await ImportUsersAsync(services, output, cancellationToken),
            [CreateRoot or ImportUsers, ..] => await FailAsync(output, $"Usage: {CreateRoot} USERNAME | {ImportUsers}"),
            _ => null,
        };
    }

    private static async Task<int> CreateRootAsync(
        IServiceProvider services, string typed, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Username.TryCreate(typed, out var username))
        {
            return await FailAsync(output, "A user name has 1 to 64 characters, no white space and no invisible ones.");
        }

        var audit = services.GetRequiredService<AuditLog>();
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
        var hash = await services.GetRequiredService<PasswordHasher>().HashAsync(password, cancellationToken);
        var root = NewUser.Create(username, hash, new RoleSet(Role.Root), creator: null, mustChange: false);
        try
        {
            await services.GetRequiredService<Database>().InTransactionAsync(
                async (transaction, token) =>
                {
                    await UserStore.InsertAsync(transaction, root, token);
                    await audit.RecordAsync(transaction, AuditEvent.RootCreated(AuditContext.None, root.Id, root.Username), token);
                },
                cancellationToken);
        }
        catch (DbException exception) when (SqlErrors.IsDuplicateKey(exception))
        {
            await audit.TryRecordAsync(AuditEvent.RootCreationRefused(AuditContext.None, root.Username, "Exists"), cancellationToken);
            return await FailAsync(output, "A user of this name exists already; nothing was changed.");
        }

        await output.WriteLineAsync(password);
        return 0;
    }

    private static async Task<int> ImportUsersAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var (imported, skipped) = await services.GetRequiredService<UserImport>().RunAsync(cancellationToken);
        await output.WriteLineAsync($"{imported} imported, {skipped} skipped");
        return 0;
    }

    private static async Task<int> FailAsync(TextWriter output, string message)
    {
        await output.WriteLineAsync(message);
        return 1;
    }
}
