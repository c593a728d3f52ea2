using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>Opens sessions under a login that may change: a refused one is looked up and tried again at once.</summary>
internal sealed class SessionSource(MySqlOptions options, IRotating<DatabaseLogin> logins)
{
    private readonly CredentialInUse<DatabaseLogin> _logins = new(logins);
    private volatile DatabaseLogin? _inUse;

    /// <summary>The login that was let in last; null before the first. A new version counts only once the server takes it.</summary>
    public DatabaseLogin? InUse => _inUse;

    /// <summary>Opens a session.</summary>
    /// <exception cref="UnavailableException">No login of ours is let in.</exception>
    /// <exception cref="MySqlException">The server cannot be reached.</exception>
    public async Task<(MySqlConnection Connection, DatabaseLogin Login)> OpenAsync(CancellationToken cancellationToken)
    {
        var first = _logins.First;
        if (await TryOpenAsync(first, cancellationToken) is { } connection)
        {
            return (connection, first);
        }

        await foreach (var login in _logins.AfterRefusalAsync(first, cancellationToken))
        {
            if (await TryOpenAsync(login, cancellationToken) is { } other)
            {
                _logins.Took(login);
                return (other, login);
            }
        }

        throw new UnavailableException("MySQL refuses the login.");
    }

    /// <returns>Null when the login is refused.</returns>
    private async Task<MySqlConnection?> TryOpenAsync(DatabaseLogin login, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(ConnectionStringOf(login));
        try
        {
            await connection.OpenAsync(cancellationToken);
            _inUse = login;
            return connection;
        }
        catch (MySqlException exception) when (SqlErrors.IsLoginRefused(exception))
        {
            await connection.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private string ConnectionStringOf(DatabaseLogin login) => new MySqlConnectionStringBuilder
    {
        Server = options.Host,
        Port = (uint)options.Port,
        Database = options.Database,
        UserID = login.User,
        Password = login.Password,
        SslMode = Enum.Parse<MySqlSslMode>(options.TlsMode),
        AllowPublicKeyRetrieval = options.AllowPublicKeyRetrieval,
        Pooling = false,
        CharacterSet = "utf8mb4",
        UseAffectedRows = true,
        ConnectionTimeout = 5,
        DefaultCommandTimeout = 30,
    }.ConnectionString;
}
