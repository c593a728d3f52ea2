using EnergyLoad.MySql;

namespace EnergyLoad.Auth;

/// <summary>The least rights that a service's database account needs for users and sessions, as GRANT statements.</summary>
public static class AuthGrants
{
    /// <summary>A service: it logs users in, and manages them.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="account">The account as MySQL writes it, such as <c>'send-api'@'%'</c>.</param>
    public static IReadOnlyList<string> Service(string database, string account) =>
        [.. AccountRole.On("SELECT, INSERT, UPDATE, DELETE", database, account, "user_auth_roles", "jwt", "login_throttle", "login_known")];
}
