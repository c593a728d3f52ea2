namespace EnergyLoad.Auth.Users;

/// <summary>The words of the column <c>status</c>, as the original wrote them. Whatever is not active may do nothing.</summary>
internal static class UserStatus
{
    public const string Active = "active";
    public const string Deactivated = "deactivated";

    public static bool IsActive(string? status) => string.Equals(status, Active, StringComparison.OrdinalIgnoreCase);
}
