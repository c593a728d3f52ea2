namespace EnergyLoad.Local.ESight.Access;

/// <summary>e-Sight's two pairs: one reads (token, and with it the lists), the other posts. A rotation can replace them.</summary>
internal sealed class Credentials(ESightSettings settings)
{
    public BasicCredentials Read { get; set; } = new(settings.ReadUser, settings.ReadPassword);

    public BasicCredentials Write { get; set; } = new(settings.WriteUser, settings.WritePassword);
}
