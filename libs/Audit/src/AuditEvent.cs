namespace EnergyLoad.Audit;

/// <summary>
/// One security event. There is one factory per kind, so that a row of a kind always says the same things; none takes a password, a
/// token or a payload.
/// </summary>
public sealed partial record AuditEvent
{
    private AuditEvent(
        AuditEventType type, AuditContext context, string? targetUserId = null, string? subject = null, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        (Type, Context, TargetUserId, Subject, Detail) = (type, context, targetUserId, subject, detail);
    }

    /// <summary>What kind of act it is, and how it ended.</summary>
    public AuditEventType Type { get; }

    /// <summary>Who acted and from where.</summary>
    public AuditContext Context { get; }

    /// <summary>Id of the user whom the act is about; null when it is about none, or about a name that nobody has.</summary>
    public string? TargetUserId { get; }

    /// <summary>
    /// The name of what the act is about (user name, message, route, setting); null when there is none. Kept up to 250 characters.
    /// </summary>
    public string? Subject { get; }

    /// <summary>What changed, or why it was refused; null when the kind says it all. Kept up to 1000 characters.</summary>
    public string? Detail { get; }
}
