using System.Security.Claims;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// The service account that called, proved by its ID token. One account may stand for several callers in a small installation.
/// </summary>
internal sealed class CallerIdentity(IReadOnlyList<Caller> callers) : ClaimsIdentity("ID token")
{
    /// <summary>Whether the account is one of ours.</summary>
    public bool IsKnown => callers.Count > 0;

    public bool Is(Caller caller) => callers.Contains(caller);

    public override string ToString() => string.Join(',', callers);

    public static CallerIdentity? Of(ClaimsPrincipal? principal) => principal?.Identities.OfType<CallerIdentity>().FirstOrDefault();
}
