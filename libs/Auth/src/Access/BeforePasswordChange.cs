namespace EnergyLoad.Auth.Access;

/// <summary>Marks the few routes that a user who must change the password may use before that.</summary>
internal sealed class BeforePasswordChange
{
    public static readonly BeforePasswordChange Instance = new();
}
