namespace EnergyLoad.Audit;

public sealed partial record AuditEvent
{
    /// <summary>A user logged in.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="username">The user's name.</param>
    public static AuditEvent LoginSucceeded(AuditContext context, string userId, string username) =>
        new(AuditEventType.LoginSucceeded, context, userId, username);

    /// <summary>A login was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="username">The name as it was typed.</param>
    /// <param name="userId">The id behind the name; null when nobody has it.</param>
    /// <param name="reason">Why, as a short code; the client is never told.</param>
    public static AuditEvent LoginFailed(AuditContext context, string username, string? userId, string reason) =>
        new(AuditEventType.LoginFailed, context, userId, username, reason);

    /// <summary>A login was refused before the password was looked at, since too many had failed.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="username">The name as it was typed.</param>
    /// <param name="reason">Which limit was reached, as a short code.</param>
    public static AuditEvent LoginThrottled(AuditContext context, string username, string reason) =>
        new(AuditEventType.LoginThrottled, context, null, username, reason);

    /// <summary>A user logged out.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="jti">Id of the token that ended.</param>
    public static AuditEvent LoggedOut(AuditContext context, string userId, string jti) =>
        new(AuditEventType.LoggedOut, context, userId, null, jti);

    /// <summary>A logout was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent LogoutRefused(AuditContext context, string reason) =>
        new(AuditEventType.LogoutRefused, context, detail: reason);

    /// <summary>One token was revoked by other means than its own logout.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Id of the token's user.</param>
    /// <param name="jti">Id of the token.</param>
    public static AuditEvent TokenRevoked(AuditContext context, string userId, string jti) =>
        new(AuditEventType.TokenRevoked, context, userId, null, jti);

    /// <summary>A token was presented that does not hold (expired, revoked, forged, of another gateway).</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">The user in the token when its signature held; null otherwise.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent TokenRefused(AuditContext context, string? userId, string reason) =>
        new(AuditEventType.TokenRefused, context, userId, null, reason);

    /// <summary>All sessions of a user were ended.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose sessions.</param>
    /// <param name="username">The user's name.</param>
    public static AuditEvent SessionsEnded(AuditContext context, string userId, string username) =>
        new(AuditEventType.SessionsEnded, context, userId, username);

    /// <summary>Ending a user's sessions was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose sessions.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent SessionsEndRefused(AuditContext context, string userId, string reason) =>
        new(AuditEventType.SessionsEndRefused, context, userId, null, reason);

    /// <summary>A user was refused a route or an object.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="route">Method and route template, never the raw path with its query.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent AccessDenied(AuditContext context, string route, string reason) =>
        new(AuditEventType.AccessDenied, context, null, route, reason);

    /// <summary>A calling service was refused: unknown account, wrong audience, wrong route.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="caller">The account that the call claimed; null when it claimed none.</param>
    /// <param name="route">Method and route template, never the raw path with its query.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent CallerDenied(AuditContext context, string? caller, string route, string reason) =>
        new(AuditEventType.CallerDenied, context, null, caller, $"{route}: {reason}");
}
