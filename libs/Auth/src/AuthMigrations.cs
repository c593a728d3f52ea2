using EnergyLoad.MySql;

namespace EnergyLoad.Auth;

/// <summary>
/// The tables of users, revoked tokens and failed logins. An installation that has the original's <c>user_auth_roles</c> keeps its rows.
/// </summary>
public static class AuthMigrations
{
    private const string CreateUsers = """
        CREATE TABLE IF NOT EXISTS user_auth_roles (
          id VARCHAR(50) NOT NULL,
          username VARCHAR(64) NOT NULL,
          password VARCHAR(150) NOT NULL,
          type VARCHAR(250) NOT NULL,
          creator VARCHAR(500) NULL,
          status VARCHAR(25) NOT NULL DEFAULT 'active',
          PRIMARY KEY (id)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    // The original's columns were narrower or collated otherwise, and its key was not always declared; repeating this changes nothing.
    private const string AdoptUsers = """
        ALTER TABLE user_auth_roles
          MODIFY id VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          MODIFY username VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          MODIFY password VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          MODIFY type VARCHAR(250) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          MODIFY creator VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
          MODIFY status VARCHAR(25) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'active'
        """;

    private const string AddPrimaryKey = "ALTER TABLE user_auth_roles ADD PRIMARY KEY (id)";

    private const string AddColumns = """
        ALTER TABLE user_auth_roles
          ADD COLUMN ver BIGINT NOT NULL DEFAULT 1,
          ADD COLUMN must_change_password INT NOT NULL DEFAULT 0,
          ADD COLUMN seq BIGINT NOT NULL AUTO_INCREMENT,
          ADD UNIQUE KEY in_order (seq)
        """;

    private const string LowerUsernames = "UPDATE user_auth_roles SET username = LOWER(username) WHERE username <> LOWER(username)";

    private const string AddUniqueUsername = "ALTER TABLE user_auth_roles ADD UNIQUE KEY by_username (username)";

    // The original kept whole tokens in a table of this name; it is kept under another one until somebody drops it.
    private const string SetOriginalTokensAside = "RENAME TABLE jwt TO jwt_original";

    private const string CreateRevoked = """
        CREATE TABLE IF NOT EXISTS jwt (
          jti BINARY(16) NOT NULL,
          user_id VARCHAR(50) NOT NULL,
          expires_at DATETIME(6) NOT NULL,
          PRIMARY KEY (jti),
          KEY by_expiry (expires_at)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    // Subjects are hashes: what was typed into a login form is sometimes a password.
    private const string CreateThrottle = """
        CREATE TABLE IF NOT EXISTS login_throttle (
          subject BINARY(32) NOT NULL,
          failures BIGINT NOT NULL,
          last_failure_at DATETIME(6) NOT NULL,
          blocked_until DATETIME(6) NOT NULL,
          PRIMARY KEY (subject),
          KEY by_age (last_failure_at)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string CreateKnown = """
        CREATE TABLE IF NOT EXISTS login_known (
          subject BINARY(32) NOT NULL,
          last_success_at DATETIME(6) NOT NULL,
          PRIMARY KEY (subject),
          KEY by_age (last_success_at)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string HasPrimaryKey = """
        SELECT 1 FROM information_schema.table_constraints
        WHERE table_schema = DATABASE() AND table_name = 'user_auth_roles' AND constraint_type = 'PRIMARY KEY'
        """;

    private const string HasColumns = """
        SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'user_auth_roles' AND column_name = 'ver'
        """;

    private const string HasUniqueUsername = """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'user_auth_roles' AND index_name = 'by_username' LIMIT 1
        """;

    private const string HasNoOriginalTokens = """
        SELECT 1 FROM (SELECT COUNT(*) AS found FROM information_schema.columns
                       WHERE table_schema = DATABASE() AND table_name = 'jwt' AND column_name = 'payload') AS original
        WHERE found = 0
        """;

    /// <summary>The steps, for the service's <c>migrate</c> command and its readiness check.</summary>
    public static MigrationSet Set { get; } = new(
        "auth",
        [
            new(1, "users", CreateUsers),
            new(2, "users: the original's columns", AdoptUsers),
            new(3, "users: primary key", AddPrimaryKey, HasPrimaryKey),
            new(4, "users: token version, order", AddColumns, HasColumns),
            new(5, "users: names in lower case", LowerUsernames),
            new(6, "users: unique names", AddUniqueUsername, HasUniqueUsername),
            new(7, "original token table set aside", SetOriginalTokensAside, HasNoOriginalTokens),
            new(8, "revoked tokens", CreateRevoked),
            new(9, "failed logins", CreateThrottle),
            new(10, "known addresses", CreateKnown),
        ]);
}
