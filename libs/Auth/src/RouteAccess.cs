namespace EnergyLoad.Auth;

/// <summary>Who may use a route; every route carries one, and a route without one is refused to everybody.</summary>
/// <param name="Caller">The account that must call the container.</param>
/// <param name="NeedsUser">Whether a verified, fresh token of a user is needed as well.</param>
/// <param name="Roles">Of which the user needs one; empty when any active user may.</param>
public sealed record RouteAccess(Caller Caller, bool NeedsUser, RoleSet Roles);
