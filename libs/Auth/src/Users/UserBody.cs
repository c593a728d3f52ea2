using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Requests;

namespace EnergyLoad.Auth.Users;

/// <summary>The members that describe a user in a body.</summary>
internal static class UserBody
{
    private const int LongestType = 250;

    public static string? ReadNewPassword(this JsonBody body, string name, PasswordPolicy policy, Username username)
    {
        var password = body.Optional(name, PasswordPolicy.MaxLength);
        if (password is not null && policy.FaultOf(password, username) is { } fault)
        {
            body.Fault(name, fault.Code, fault.Detail);
        }

        return password;
    }

    public static Username? ReadNewUsername(this JsonBody body)
    {
        var typed = body.Required("username", Username.MaxLength);
        if (Username.TryCreate(typed, out var username))
        {
            return username;
        }

        if (typed.Length > 0)
        {
            body.Fault("username", "UsernameCharacters", "A user name has no white space and no invisible characters.");
        }

        return null;
    }

    public static RoleSet? ReadRoles(this JsonBody body)
    {
        if (body.Optional("type", LongestType) is not { } text)
        {
            return null;
        }

        if (RoleSet.TryParse(text, out var roles))
        {
            return roles;
        }

        body.Fault("type", "UnknownRole", $"The roles are {RoleSet.All}, separated by commas.");
        return null;
    }

    public static string? ReadStatus(this JsonBody body)
    {
        var status = body.Optional("status", 25);
        if (status is not (null or UserStatus.Active or UserStatus.Deactivated))
        {
            body.Fault("status", "UnknownStatus", $"The status is {UserStatus.Active} or {UserStatus.Deactivated}.");
        }

        return status;
    }
}
