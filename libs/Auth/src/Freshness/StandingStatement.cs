using System.Globalization;
using System.Text;

namespace EnergyLoad.Auth.Freshness;

/// <summary>The freshness read as a statement of a commit, which has nobody to look at what it returns: it fails where it finds a difference.</summary>
internal static class StandingStatement
{
    /// <summary>A statement that fails unless every token and its user stand as assumed; one snapshot, by primary keys.</summary>
    public static string FailsUnless(IReadOnlyCollection<(SessionClaims Claims, Standing Standing)> assumed)
    {
        // Who was assumed to stand in two ways fits at most one of them.
        var users = assumed.Select(one => one.Standing.Row!).Distinct().Select(ConditionOf).Distinct(StringComparer.Ordinal).ToArray();
        var jtis = assumed.Select(one => one.Claims.Jti).Distinct().Select(HexOf);

        // Nothing can be added to the largest number there is.
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT 18446744073709551615 + (COUNT(*) <> {users.Length} OR EXISTS (SELECT 1 FROM jwt WHERE jti IN ({string.Join(", ", jtis)})))
              FROM user_auth_roles WHERE {string.Join(" OR ", users)}
            """);
    }

    private static string ConditionOf(StandingRow row) => string.Create(CultureInfo.InvariantCulture, $"""
        (id = _utf8mb4 {HexOf(row.Id)} AND CAST(username AS BINARY) = {HexOf(row.Username)} AND CAST(type AS BINARY) = {HexOf(row.Type)}
          AND CAST(status AS BINARY) = {HexOf(row.Status)} AND ver = {row.Ver} AND must_change_password = {(row.MustChange ? 1 : 0)})
        """);

    private static string HexOf(Guid id) => $"x'{id:n}'";

    private static string HexOf(string? text) => $"x'{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text ?? ""))}'";
}
