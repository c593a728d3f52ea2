namespace EnergyLoad.MySql;

/// <summary>What one kind of account may do in the database; the command <c>migrate</c> gives it.</summary>
/// <param name="Name">Its name, which is an option of the command: <c>service</c> is given by <c>--service ACCOUNT</c>.</param>
/// <param name="Grants">The GRANT statements, for a database's name and an account as MySQL writes it.</param>
public sealed record AccountRole(string Name, Func<string, string, IReadOnlyList<string>> Grants)
{
    /// <summary>Whoever looks into the whole database: <c>--reader ACCOUNT</c>.</summary>
    public static AccountRole Reader { get; } = new("reader", (database, account) => [.. On("SELECT", database, account, "*")]);

    /// <summary>Rights on tables, as GRANT statements.</summary>
    /// <param name="rights">The rights, such as <c>SELECT, INSERT</c>.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="account">The account as MySQL writes it.</param>
    /// <param name="tables">The tables.</param>
    public static IEnumerable<string> On(string rights, string database, string account, params IEnumerable<string> tables) =>
        tables.Select(table => $"GRANT {rights} ON `{database}`.{table} TO {account}");
}
