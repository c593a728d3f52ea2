namespace EnergyLoad.Local.ESight.Lists;

internal sealed class CodeLists(ESightSettings settings)
{
    public CodeList Sites { get; } = new(settings.State, "sites", settings.Sites);

    public CodeList Meters { get; } = new(settings.State, "meters", settings.Meters);
}
