namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>Where users are managed.</summary>
internal static class UserRoutes
{
    public const string UsersPath = "/api/v1/management/users";

    public static string EditOf(TestUser user) => $"{UsersPath}/user/edit/{user.Id}";
}
