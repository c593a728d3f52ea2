namespace EnergyLoad.Auth.Tokens;

/// <summary>A token on its way to the client.</summary>
internal sealed record IssuedToken(string Value, TimeSpan Lifetime)
{
    public override string ToString() => nameof(IssuedToken);
}
