using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>Why a user may not do what a request asks: the code goes into the audit log, the type to the client.</summary>
internal sealed record AccessRefusal(string Code, ProblemType Type)
{
    public static readonly AccessRefusal NoSession = new("NoSession", ProblemTypes.Unauthorized);

    /// <summary>Decides over a session by one thing that a route, or a group of it, asks.</summary>
    /// <returns>Null when the user may.</returns>
    public static AccessRefusal? Of(Session session, RouteAccess access, Endpoint? endpoint) =>
        access.Roles.Count > 0 && !session.User.Roles.Overlaps(access.Roles) ? new("RoleMissing", ProblemTypes.Forbidden)
        : session.IsHeldUp && endpoint?.Metadata.GetMetadata<BeforePasswordChange>() is null
            ? new("PasswordChangeRequired", AuthProblemTypes.PasswordChangeRequired)
            : null;

    /// <summary>Decides over a session by all that a route and its groups ask.</summary>
    /// <returns>Null when the user may.</returns>
    public static AccessRefusal? Of(Session session, Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<RouteAccess>().Select(access => Of(session, access, endpoint)).FirstOrDefault(
            refusal => refusal is not null);
}
