using System.Data.Common;
using System.Globalization;

namespace EnergyLoad.Local.MariaDb;

/// <summary>A database server and an account on it.</summary>
/// <param name="Host">The server's host.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="User">The account.</param>
/// <param name="Password">Its password; never printed.</param>
public sealed record ServerAccount(string Host, int Port, string User, string Password)
{
    private const int DefaultPort = 3306;

    /// <summary>Reads <c>mysql://user:password@host:port</c> or an ADO.NET connection string.</summary>
    /// <param name="text">The text; a database in it is ignored.</param>
    /// <exception cref="FormatException">The text is neither of the two, or names no host or user.</exception>
    public static ServerAccount Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("://", StringComparison.Ordinal) ? ParseUri(text) : ParseConnectionString(text);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    private static ServerAccount ParseUri(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mysql" or "mariadb") || uri.UserInfo.Length == 0)
        {
            throw new FormatException("A database address reads mysql://user:password@host:port.");
        }

        var account = uri.UserInfo.Split(':', 2);
        return new ServerAccount(
            uri.Host,
            uri.Port > 0 ? uri.Port : DefaultPort,
            Uri.UnescapeDataString(account[0]),
            account.Length == 2 ? Uri.UnescapeDataString(account[1]) : string.Empty);
    }

    private static ServerAccount ParseConnectionString(string text)
    {
        DbConnectionStringBuilder settings;
        try
        {
            settings = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(
                "The database address is neither mysql://user:password@host:port nor a connection string.", exception);
        }

        var host = Find(settings, "Server", "Host", "Data Source", "DataSource");
        var user = Find(settings, "User Id", "UserID", "User", "Uid", "User Name", "Username");
        if (host is null || user is null)
        {
            throw new FormatException("A connection string needs Server and User ID.");
        }

        var port = Find(settings, "Port");
        return new ServerAccount(
            host,
            port is null ? DefaultPort : int.Parse(port, CultureInfo.InvariantCulture),
            user,
            Find(settings, "Password", "Pwd") ?? string.Empty);
    }

    private static string? Find(DbConnectionStringBuilder settings, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (settings.TryGetValue(name, out var value))
            {
                return value as string;
            }
        }

        return null;
    }
}
