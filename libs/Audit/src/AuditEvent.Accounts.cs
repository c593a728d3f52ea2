namespace EnergyLoad.Audit;

public sealed partial record AuditEvent
{
    /// <summary>An account was made.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Id of the new user.</param>
    /// <param name="username">Name of the new user.</param>
    /// <param name="roles">Its roles, separated by commas.</param>
    public static AuditEvent AccountCreated(AuditContext context, string userId, string username, string roles) =>
        new(AuditEventType.AccountCreated, context, userId, username, roles);

    /// <summary>Making an account was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="username">The wanted name.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent AccountCreationRefused(AuditContext context, string username, string reason) =>
        new(AuditEventType.AccountCreationRefused, context, null, username, reason);

    /// <summary>Something of an account was changed that has no kind of its own (reactivation, for example).</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="username">The user's name.</param>
    /// <param name="change">What changed, never a secret.</param>
    public static AuditEvent AccountChanged(AuditContext context, string userId, string username, string change) =>
        new(AuditEventType.AccountChanged, context, userId, username, change);

    /// <summary>A change of an account was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent AccountChangeRefused(AuditContext context, string userId, string reason) =>
        new(AuditEventType.AccountChangeRefused, context, userId, null, reason);

    /// <summary>An account was deactivated.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="username">The user's name.</param>
    public static AuditEvent AccountDeactivated(AuditContext context, string userId, string username) =>
        new(AuditEventType.AccountDeactivated, context, userId, username);

    /// <summary>A deactivation was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent AccountDeactivationRefused(AuditContext context, string userId, string reason) =>
        new(AuditEventType.AccountDeactivationRefused, context, userId, null, reason);

    /// <summary>A user's roles were changed.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose roles.</param>
    /// <param name="username">The user's name.</param>
    /// <param name="before">The roles before, separated by commas.</param>
    /// <param name="after">The roles after, separated by commas.</param>
    public static AuditEvent RoleChanged(AuditContext context, string userId, string username, string before, string after) =>
        new(AuditEventType.RoleChanged, context, userId, username, $"{before} -> {after}");

    /// <summary>A change of roles was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose roles.</param>
    /// <param name="wanted">The roles that were asked for, separated by commas.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent RoleChangeRefused(AuditContext context, string userId, string wanted, string reason) =>
        new(AuditEventType.RoleChangeRefused, context, userId, null, $"{wanted}: {reason}");

    /// <summary>A password was changed, by its user or by an administrator (then actor and target differ).</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose password.</param>
    /// <param name="username">The user's name.</param>
    public static AuditEvent PasswordChanged(AuditContext context, string userId, string username) =>
        new(AuditEventType.PasswordChanged, context, userId, username);

    /// <summary>A change of password was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Whose password.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent PasswordChangeRefused(AuditContext context, string userId, string reason) =>
        new(AuditEventType.PasswordChangeRefused, context, userId, null, reason);

    /// <summary>A root was made by the command.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="userId">Id of the new root.</param>
    /// <param name="username">Name of the new root.</param>
    public static AuditEvent RootCreated(AuditContext context, string userId, string username) =>
        new(AuditEventType.RootCreated, context, userId, username);

    /// <summary>Making a root was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="username">The wanted name.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent RootCreationRefused(AuditContext context, string username, string reason) =>
        new(AuditEventType.RootCreationRefused, context, null, username, reason);

    /// <summary>Users were taken over from an older installation's table.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="source">The table that they came from.</param>
    /// <param name="imported">How many were taken over.</param>
    /// <param name="skipped">How many were left out since they existed.</param>
    public static AuditEvent UsersImported(AuditContext context, string source, int imported, int skipped) =>
        new(AuditEventType.UsersImported, context, null, source, $"{imported} imported, {skipped} skipped");

    /// <summary>An import of users was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="source">The table that was named.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent UsersImportRefused(AuditContext context, string source, string reason) =>
        new(AuditEventType.UsersImportRefused, context, null, source, reason);
}
