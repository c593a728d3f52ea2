using System.Reflection;
using System.Runtime.CompilerServices;

namespace EnergyLoad.Testing;

/// <summary>
/// What other teams build on does not change unnoticed: a change is a line in the package's PublicSurface.txt and one in its CHANGELOG.md.
/// The list as it is now is left in artifacts/.
/// </summary>
public static class PublicSurface
{
    /// <summary>Reads what is listed beside the package's tests, and what the package really shows.</summary>
    /// <param name="package">The package's assembly.</param>
    public static async Task<(string[] Listed, string[] Found)> ReadAsync(Assembly package)
    {
        ArgumentNullException.ThrowIfNull(package);
        var name = package.GetName().Name!;
        var found = package.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal).ToArray();
        await File.WriteAllLinesAsync(Path.Combine(Repository.Root, "artifacts", $"{name}.PublicSurface.txt"), found);
        var folder = name[(name.LastIndexOf('.') + 1)..];
        return (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "libs", folder, "tests", "PublicSurface.txt")), found);
    }

    private static IEnumerable<string> Describe(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(member => member is not MethodBase { IsSpecialName: true, IsConstructor: false })
            .Select(member => $"{type.FullName}: {member}")
            .Prepend($"{type.FullName}");
}
