using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>Opens sessions under a login that may change: the driver keeps one pool for each, and the one that is no longer used is emptied.</summary>
internal sealed class Sessions(MySqlOptions options, IRotating<DatabaseLogin> logins)
{
    private readonly CredentialInUse<DatabaseLogin> _logins = new(logins);
    private volatile Pool? _pool;

    /// <exception cref="UnavailableException">The server cannot be reached or refuses us.</exception>
    public async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var login = _logins.First;
        try
        {
            return await OpenAsync(login, cancellationToken) ?? await OpenAnewAsync(login, cancellationToken);
        }
        catch (Exception exception) when (exception is MySqlException or TimeoutException)
        {
            throw new UnavailableException("No session with MySQL.", exception);
        }
    }

    private async Task<MySqlConnection> OpenAnewAsync(DatabaseLogin refused, CancellationToken cancellationToken)
    {
        await foreach (var login in _logins.AfterRefusalAsync(refused, cancellationToken))
        {
            if (await OpenAsync(login, cancellationToken) is { } connection)
            {
                _logins.Took(login);
                return connection;
            }
        }

        throw new UnavailableException("MySQL refuses the login.");
    }

    /// <returns>Null when the login is refused.</returns>
    private async Task<MySqlConnection?> OpenAsync(DatabaseLogin login, CancellationToken cancellationToken)
    {
        var pool = PoolOf(login);
        var connection = new MySqlConnection(pool.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            Use(pool);
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

    private Pool PoolOf(DatabaseLogin login) => _pool is { } pool && ReferenceEquals(pool.Login, login) ? pool : new Pool(login, ConnectionStringOf(login));

    private void Use(Pool pool)
    {
        var before = _pool;
        if (ReferenceEquals(before, pool))
        {
            return;
        }

        _pool = pool;
        if (before is not null && before.ConnectionString != pool.ConnectionString)
        {
            // Sessions at work end when they come back.
            using var former = new MySqlConnection(before.ConnectionString);
            MySqlConnection.ClearPool(former);
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
        MaximumPoolSize = (uint)options.MaximumPoolSize,
        CharacterSet = "utf8mb4",
        UseAffectedRows = true,
        ConnectionTimeout = 5,
        DefaultCommandTimeout = 30,
    }.ConnectionString;

    // A class, not a record: its text must not show the password.
    private sealed class Pool(DatabaseLogin login, string connectionString)
    {
        public DatabaseLogin Login => login;

        public string ConnectionString => connectionString;
    }
}
