using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace EnergyLoad.MySql;

/// <summary>Gives accounts the rights of their roles, once the tables are there.</summary>
internal sealed partial class AccountRights(Database database, IOptions<MySqlOptions> options, IEnumerable<AccountRole> roles)
{
    // Cloud SQL gives this role to every account that it makes: with it a service could change the audit log.
    private const string Superuser = "cloudsqlsuperuser";

    /// <summary>The options that name accounts.</summary>
    public string Usage => string.Concat(roles.Select(role => $" [--{role.Name} ACCOUNT]"));

    /// <summary>Reads <c>--ROLE ACCOUNT</c> pairs; null when they are anything else.</summary>
    public IReadOnlyList<(AccountRole Role, string Account)>? Read(IReadOnlyList<string> arguments)
    {
        var pairs = arguments.Chunk(2)
            .Select(pair => (Role: roles.SingleOrDefault(role => $"--{role.Name}" == pair[0]), Account: pair[^1])).ToArray();
        return arguments.Count % 2 == 0 && Array.TrueForAll(pairs, pair => pair.Role is not null && AccountName().IsMatch(pair.Account))
            ? [.. pairs.Select(pair => (pair.Role!, pair.Account))]
            : null;
    }

    public async Task GiveAsync(AccountRole role, string name, CancellationToken cancellationToken)
    {
        var account = $"'{name}'@'%'";
        foreach (var grant in role.Grants(options.Value.Database, account))
        {
            await database.ExecuteAsync(grant, null, cancellationToken);
        }

        // Last, so that a service that runs is at no moment without its rights.
        var held = await database.QueryAsync<string>($"SHOW GRANTS FOR {account}", null, cancellationToken);
        if (held.Exists(grant => grant.StartsWith($"GRANT `{Superuser}`", StringComparison.Ordinal)))
        {
            await database.ExecuteAsync($"REVOKE {Superuser} FROM {account}", null, cancellationToken);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.@-]+\z")]
    private static partial Regex AccountName();
}
