using EnergyLoad.Deployment.Tests.Hcl;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Terraform;

/// <summary>What stands under infra/, read.</summary>
internal static class Infrastructure
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "infra");

    /// <summary>The folders with Terraform files, relative to infra/.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.tf", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, Path.GetDirectoryName(file)!)).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>All files of a folder as one body.</summary>
    public static HclBody Read(string folder)
    {
        var bodies = Directory.GetFiles(Path.Combine(Folder, folder), "*.tf").Order(StringComparer.Ordinal)
            .Select(file => new HclReader(File.ReadAllText(file)).Body()).ToArray();
        return new([.. bodies.SelectMany(body => body.Attributes)], [.. bodies.SelectMany(body => body.Blocks)]);
    }

    public static HclBody Module(string name) => Read(Path.Combine("modules", name));

    /// <summary>The one resource of that type and name in a module.</summary>
    public static HclBody Resource(string module, string type, string name) =>
        Assert.Single(Module(module).Of("resource", type, name)).Body;

    /// <summary>An entry of a module's <c>locals</c>.</summary>
    public static string Local(string module, string name) =>
        Assert.Single(Module(module).Of("locals").SelectMany(locals => locals.Body.Attributes), entry => entry.Name == name).Expression;

    /// <summary>The call of a module in the composition of all.</summary>
    public static HclBody Call(string module) => Assert.Single(Module("energyload").Of("module", module)).Body;

    /// <summary>The names of the members of an object.</summary>
    public static IEnumerable<string> Keys(string expression) => HclObjects.Members(expression).Select(member => member.Name);
}
