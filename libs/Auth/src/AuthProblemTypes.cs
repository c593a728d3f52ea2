using EnergyLoad.Hosting;

namespace EnergyLoad.Auth;

/// <summary>The refusals that only this library gives; for the service's reason catalogue.</summary>
public static class AuthProblemTypes
{
    /// <summary>The login was refused; for which reason is not told.</summary>
    public static readonly ProblemType LoginRefused = new("LoginRefused", 401, "User name or password is wrong");

    /// <summary>The body can be read and is not valid; the errors name each fault.</summary>
    public static readonly ProblemType Invalid = new("InvalidRequest", 422, "The request is not valid");

    /// <summary>An administrator has set the password; its user must change it first.</summary>
    public static readonly ProblemType PasswordChangeRequired = new("PasswordChangeRequired", 403, "The password must be changed first");

    /// <summary>The user's roles exceed those of the one who acts.</summary>
    public static readonly ProblemType RolesExceedOwn = new("RolesExceedOwn", 403, "Those roles exceed your own");

    /// <summary>The installation would be left without an active root.</summary>
    public static readonly ProblemType LastRoot = new("LastRoot", 409, "The last active root stays");

    /// <summary>All of the above.</summary>
    public static IReadOnlyList<ProblemType> All { get; } = [LoginRefused, Invalid, PasswordChangeRequired, RolesExceedOwn, LastRoot];
}
