namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A request as the service behind the gateway saw it.</summary>
internal sealed record Echo(string Method, string Target, IReadOnlyList<EchoedHeader> Headers, string Body)
{
    public IReadOnlyList<string> All(string name) =>
        [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public string One(string name) => Assert.Single(All(name));
}
