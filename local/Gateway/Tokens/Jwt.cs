namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>A token that was taken apart and not yet believed.</summary>
/// <param name="Payload">The middle segment as it came.</param>
/// <param name="Signed">The first two segments, which are what is signed.</param>
internal sealed record Jwt(JwtHeader Header, JwtClaims Claims, string Payload, byte[] Signed, byte[] Signature)
{
    // A record would print its members.
    public override string ToString() => nameof(Jwt);
}
