namespace EnergyLoad.Auth.Access;

internal static class AuthSchemes
{
    /// <summary>The calling service account, by its Google ID token in <c>Authorization</c>.</summary>
    public const string Caller = "EnergyLoad.Caller";

    /// <summary>The user, by the EDM token in <c>X-Forwarded-Authorization</c>.</summary>
    public const string User = "EnergyLoad.User";
}
