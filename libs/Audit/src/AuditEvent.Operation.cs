namespace EnergyLoad.Audit;

public sealed partial record AuditEvent
{
    /// <summary>A message is sent once more by hand.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="sendId">Which message.</param>
    /// <param name="detail">What part of it, and what it became; null for the whole message.</param>
    public static AuditEvent MessageResent(AuditContext context, string sendId, string? detail) =>
        new(AuditEventType.MessageResent, context, null, sendId, detail);

    /// <summary>A resend was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="sendId">Which message.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent MessageResendRefused(AuditContext context, string sendId, string reason) =>
        new(AuditEventType.MessageResendRefused, context, null, sendId, reason);

    /// <summary>A message was cancelled before its delivery.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="sendId">Which message.</param>
    public static AuditEvent MessageCancelled(AuditContext context, string sendId) =>
        new(AuditEventType.MessageCancelled, context, null, sendId);

    /// <summary>A cancellation was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="sendId">Which message.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent MessageCancellationRefused(AuditContext context, string sendId, string reason) =>
        new(AuditEventType.MessageCancellationRefused, context, null, sendId, reason);

    /// <summary>A resend of all messages that match a filter was started.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="jobId">Id of the resend.</param>
    /// <param name="filter">Which messages, in words.</param>
    public static AuditEvent ResendStarted(AuditContext context, string jobId, string filter) =>
        new(AuditEventType.ResendStarted, context, null, jobId, filter);

    /// <summary>A resend by filter was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="filter">Which messages, in words.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent ResendStartRefused(AuditContext context, string filter, string reason) =>
        new(AuditEventType.ResendStartRefused, context, null, filter, reason);

    /// <summary>A resend by filter was stopped half-way.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="jobId">Id of the resend.</param>
    public static AuditEvent ResendStopped(AuditContext context, string jobId) =>
        new(AuditEventType.ResendStopped, context, null, jobId);

    /// <summary>Stopping a resend was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="jobId">Id of the resend.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent ResendStopRefused(AuditContext context, string jobId, string reason) =>
        new(AuditEventType.ResendStopRefused, context, null, jobId, reason);

    /// <summary>Delivery was paused by hand.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="note">What the operator gave as its cause; null when nothing.</param>
    public static AuditEvent DeliveryPaused(AuditContext context, string? note) =>
        new(AuditEventType.DeliveryPaused, context, detail: note);

    /// <summary>A pause was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent DeliveryPauseRefused(AuditContext context, string reason) =>
        new(AuditEventType.DeliveryPauseRefused, context, detail: reason);

    /// <summary>Delivery was resumed by hand.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="note">What the operator gave as its cause; null when nothing.</param>
    public static AuditEvent DeliveryResumed(AuditContext context, string? note) =>
        new(AuditEventType.DeliveryResumed, context, detail: note);

    /// <summary>A resumption was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent DeliveryResumeRefused(AuditContext context, string reason) =>
        new(AuditEventType.DeliveryResumeRefused, context, detail: reason);

    /// <summary>An act changed how a service works (a limit, a secret's version, a list).</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="setting">Which setting.</param>
    /// <param name="change">What changed, never a secret.</param>
    public static AuditEvent ConfigurationChanged(AuditContext context, string setting, string change) =>
        new(AuditEventType.ConfigurationChanged, context, null, setting, change);

    /// <summary>A change of a setting was refused.</summary>
    /// <param name="context">Who and from where.</param>
    /// <param name="setting">Which setting.</param>
    /// <param name="reason">Why, as a short code.</param>
    public static AuditEvent ConfigurationChangeRefused(AuditContext context, string setting, string reason) =>
        new(AuditEventType.ConfigurationChangeRefused, context, null, setting, reason);

    internal static AuditEvent PersonalDataErased(AuditContext context, string what, string detail) =>
        new(AuditEventType.PersonalDataErased, context, null, what, detail);

    internal static AuditEvent RetentionApplied(AuditContext context, string detail) =>
        new(AuditEventType.RetentionApplied, context, detail: detail);
}
