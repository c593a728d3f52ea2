using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Users;
using EnergyLoad.GoogleCloud;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth;

/// <summary>What an operator does at the installation itself: commands of the service's executable.</summary>
public static class AuthCommands
{
    private const string CreateRoot = "create-root";
    private const string Print = "--print";
    private const string Secret = "--secret";
    private const string ImportUsers = "import-users";
    private const int PasswordBytes = 24;

    /// <summary>
    /// Runs <c>create-root USERNAME</c>, which shows the password at a terminal and nowhere else,
    /// <c>create-root USERNAME --secret NAME</c>, which adds it to a secret,
    /// <c>create-root USERNAME --print</c>, which prints it wherever the output goes, or <c>import-users</c>.
    /// </summary>
    /// <param name="services">The service's container; the host need not be started.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the result is written.</param>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <returns>The exit code; null when the command line holds none of these commands.</returns>
    public static async Task<int?> RunAsync(
        IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        return args switch
        {
            [CreateRoot, var username] => await ShowRootAsync(services, username, output, cancellationToken),
            [CreateRoot, var username, Print] => await PrintRootAsync(services, username, output, cancellationToken),
            [CreateRoot, var username, Secret, var secret] => await KeepRootAsync(services, username, secret, output, cancellationToken),
            [ImportUsers] => await ImportUsersAsync(services, output, cancellationToken),
            [CreateRoot or ImportUsers, ..] =>
                await FailAsync(output, $"Usage: {CreateRoot} USERNAME [{Print} | {Secret} NAME] | {ImportUsers}"),
            _ => null,
        };
    }

    // A job's output, and that of any program whose output goes elsewhere, is kept by somebody.
    private static Task<int> ShowRootAsync(
        IServiceProvider services,
        string username,
        TextWriter output,
        CancellationToken cancellationToken) =>
        ReferenceEquals(output, Console.Out) && Console.IsOutputRedirected
            ? FailAsync(output, $"There is no terminal to show a password at. Name a secret that takes it, {Secret} NAME, or say {Print}.")
            : PrintRootAsync(services, username, output, cancellationToken);

    private static Task<int> PrintRootAsync(
        IServiceProvider services, string username, TextWriter output, CancellationToken cancellationToken) =>
        CreateRootAsync(services, username, output, password => output.WriteLineAsync(password), cancellationToken);

    private static Task<int> KeepRootAsync(
        IServiceProvider services, string username, string secret, TextWriter output, CancellationToken cancellationToken) =>
        CreateRootAsync(
            services,
            username,
            output,
            async password =>
            {
                var manager = services.GetRequiredService<SecretManager>();
                var version = await manager.AddVersionAsync(secret, Encoding.UTF8.GetBytes(password), cancellationToken);
                await output.WriteLineAsync($"The password is in {version}. Destroy that version once you have changed it.");
            },
            cancellationToken);

    private static async Task<int> CreateRootAsync(
        IServiceProvider services, string typed, TextWriter output, Func<string, Task> hand, CancellationToken cancellationToken)
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

                    // Before the commit: a root whose password nobody has would be in the way of the next try.
                    await hand(password);
                },
                cancellationToken);
            return 0;
        }
        catch (DbException exception) when (SqlErrors.IsDuplicateKey(exception))
        {
            await audit.TryRecordAsync(AuditEvent.RootCreationRefused(AuditContext.None, root.Username, "Exists"), cancellationToken);
            return await FailAsync(output, "A user of this name exists already; nothing was changed.");
        }
        catch (GoogleCloudException refused)
        {
            return await FailAsync(output, $"The secret did not take the password, so no user was made: {refused.Message}");
        }
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
