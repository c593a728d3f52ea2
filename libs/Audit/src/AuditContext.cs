using System.Net;

namespace EnergyLoad.Audit;

/// <summary>Who is behind an act and where it came from, as far as it is known at that moment.</summary>
public sealed record AuditContext
{
    /// <summary>An act of the service itself: no client, no user.</summary>
    public static AuditContext None { get; } = new();

    /// <summary>The client's address; null when there is no client.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>
    /// The phone number that the client claimed (E.164); null when it claimed none. It is recorded and never decides anything.
    /// </summary>
    public string? Msisdn { get; init; }

    /// <summary>Id of the user who acts; null when nobody is logged in.</summary>
    public string? ActorUserId { get; init; }

    /// <summary>Id of the request's trace; null takes the current activity's when the row is written.</summary>
    public string? TraceId { get; init; }
}
