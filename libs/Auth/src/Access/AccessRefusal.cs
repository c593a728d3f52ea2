using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>Why a request is refused: the code goes into the audit log, the type to the client.</summary>
internal sealed record AccessRefusal(string Code, ProblemType Type)
{
    public static readonly AccessRefusal UnknownCaller = new("UnknownCaller", ProblemTypes.Unauthorized);
    public static readonly AccessRefusal WrongCaller = new("WrongCaller", ProblemTypes.Forbidden);
    public static readonly AccessRefusal RouteWithoutPolicy = new("RouteWithoutPolicy", ProblemTypes.Forbidden);
    public static readonly AccessRefusal NoSession = new("NoSession", ProblemTypes.Unauthorized);
    private static readonly AccessRefusal RoleMissing = new("RoleMissing", ProblemTypes.Forbidden);
    private static readonly AccessRefusal PasswordChangeRequired = new("PasswordChangeRequired", AuthProblemTypes.PasswordChangeRequired);

    /// <summary>Decides over a session by all that a route and its groups ask.</summary>
    /// <returns>Null when the user may.</returns>
    public static AccessRefusal? Of(Session session, Endpoint endpoint)
    {
        foreach (var access in endpoint.Metadata.GetOrderedMetadata<RouteAccess>())
        {
            if (access.Roles.Count > 0 && !session.User.Roles.Overlaps(access.Roles))
            {
                return RoleMissing;
            }
        }

        return session.IsHeldUp && endpoint.Metadata.GetMetadata<BeforePasswordChange>() is null ? PasswordChangeRequired : null;
    }
}
