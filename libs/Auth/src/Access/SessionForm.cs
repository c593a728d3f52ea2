using EnergyLoad.Auth.Freshness;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>A verified token: what a session is made of together with how it stands.</summary>
internal sealed record SessionForm(SessionClaims Claims, DateTimeOffset ExpiresAt)
{
    /// <summary>Why a user who stands so is refused at a route; null when the user is not.</summary>
    public AccessRefusal? RefusalOf(Standing standing, Endpoint endpoint) =>
        standing.FaultOf(Claims) is not null ? AccessRefusal.NoSession : AccessRefusal.Of(SessionOf(standing), endpoint);

    public Session SessionOf(Standing standing) => new(standing.User!, Claims.Jti, ExpiresAt, standing.MustChangePassword);
}
