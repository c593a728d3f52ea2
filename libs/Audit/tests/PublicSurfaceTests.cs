using System.Reflection;
using System.Runtime.CompilerServices;
using EnergyLoad.Testing;

namespace EnergyLoad.Audit.Tests;

/// <summary>
/// What other teams build on does not change unnoticed: a change is a line in PublicSurface.txt and one in CHANGELOG.md.
/// The list as it is now is left in artifacts/EnergyLoad.Audit.PublicSurface.txt.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string Listed = Path.Combine(Repository.Root, "libs/Audit/tests/PublicSurface.txt");
    private static readonly string Now = Path.Combine(Repository.Root, "artifacts/EnergyLoad.Audit.PublicSurface.txt");

    [Fact]
    public async Task The_public_members_are_those_that_are_listed()
    {
        var found = typeof(AuditLog).Assembly.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal).ToArray();
        await File.WriteAllLinesAsync(Now, found);
        Assert.Equal(await File.ReadAllLinesAsync(Listed), found);
    }

    private static IEnumerable<string> Describe(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(member => member is not MethodBase { IsSpecialName: true, IsConstructor: false })
            .Select(member => $"{type.FullName}: {member}")
            .Prepend($"{type.FullName}");
}
