namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>Who has an API key.</summary>
internal static class ApiKeyNames
{
    /// <summary>Valid on both gateways.</summary>
    public const string Internal = "internal";

    /// <summary>Valid on the receive gateway alone.</summary>
    public const string ESight = "esight";
}
