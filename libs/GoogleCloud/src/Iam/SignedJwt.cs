namespace EnergyLoad.GoogleCloud;

/// <summary>A JWT signed with a Google-managed key of a service account.</summary>
/// <param name="KeyId">The <c>kid</c> in its header.</param>
/// <param name="Token">The three segments.</param>
public sealed record SignedJwt(string KeyId, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(SignedJwt)} of key {KeyId}";
}
