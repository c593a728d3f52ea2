namespace EnergyLoad.Local.Gateway.Configuration;

internal sealed record ApiKey(string Name, string Key, string ProjectNumber)
{
    public override string ToString() => Name;
}
