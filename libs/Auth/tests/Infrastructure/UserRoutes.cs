namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>Where users are managed.</summary>
internal static class UserRoutes
{
    public const string Users = "/api/v1/management/users";

    public static string EditOf(TestUser user) => $"{Users}/user/edit/{user.Id}";
}
