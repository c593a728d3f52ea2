namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>Builds addresses out of a base and a path.</summary>
internal static class Address
{
    /// <summary>The base without its last slash, so that one with a path works as one without.</summary>
    public static string Prefix(this Uri url) => url.AbsoluteUri.TrimEnd('/');
}
