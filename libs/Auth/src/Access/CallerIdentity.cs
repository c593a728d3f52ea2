using System.Security.Claims;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// The service account that called, proved by its ID token. One account may stand for several callers in a small installation.
/// </summary>
internal sealed class CallerIdentity(IReadOnlyList<Caller> callers) : ClaimsIdentity(AuthSchemes.Caller)
{
    public bool Is(Caller caller) => callers.Contains(caller);

    public override string ToString() => string.Join(',', callers);

    public static CallerIdentity? Of(ClaimsPrincipal? principal) => principal?.Identities.OfType<CallerIdentity>().FirstOrDefault();
}
