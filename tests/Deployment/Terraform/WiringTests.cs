using System.Text.RegularExpressions;
using EnergyLoad.Deployment.Tests.Hcl;

namespace EnergyLoad.Deployment.Tests.Terraform;

/// <summary>What `terraform validate` would find in the wiring of modules, where no provider can be had.</summary>
public sealed partial class WiringTests
{
    private static readonly string[] Meta = ["source", "count", "for_each", "depends_on", "providers"];

    public static TheoryData<string> Folders => [.. Infrastructure.Folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_module_is_given_what_it_asks_for_and_nothing_else(string folder)
    {
        foreach (var call in Infrastructure.Read(folder).Of("module"))
        {
            var variables = Target(folder, call).Of("variable").ToArray();
            var given = call.Body.Names.Except(Meta).ToArray();

            Assert.Empty(given.Except(variables.Select(variable => variable.Labels[0])));
            var required = variables.Where(variable => variable.Body["default"] is null).Select(variable => variable.Labels[0]);
            Assert.Empty(required.Except(given));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void What_is_read_of_a_module_it_tells(string folder)
    {
        var body = Infrastructure.Read(folder);
        var outputs = body.Of("module").ToDictionary(
            call => call.Labels[0],
            call => Target(folder, call).Of("output").Select(output => output.Labels[0]).ToHashSet());

        foreach (Match read in ModuleOutput().Matches(TextOf(folder)))
        {
            Assert.Contains(read.Groups[2].Value, outputs[read.Groups[1].Value]);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_variable_and_local_that_is_read_is_there_and_every_one_that_is_there_is_read(string folder)
    {
        var (body, text) = (Infrastructure.Read(folder), TextOf(folder));

        AssertSame(body.Of("variable").Select(variable => variable.Labels[0]), Read(Variable(), text));
        AssertSame(body.Of("locals").SelectMany(locals => locals.Body.Names), Read(LocalValue(), text));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_resource_that_is_referred_to_is_there(string folder)
    {
        var body = Infrastructure.Read(folder);
        var there = body.Of("resource").Concat(body.Of("data")).Concat(body.Of("ephemeral"))
            .Select(block => $"{block.Labels[0]}.{block.Labels[1]}");

        Assert.Empty(Read(ResourceName(), TextOf(folder)).Except(there));
    }

    [Fact]
    public void Dev_and_prod_differ_in_values_alone()
    {
        Assert.Equal(Shape("dev"), Shape("prod"));

        static IEnumerable<(string, string, string)> Shape(string environment)
        {
            var body = Infrastructure.Read(environment);
            return body.All.SelectMany(block => block.Body.Names.Select(name => (block.Type, string.Join(' ', block.Labels), name)));
        }
    }

    private static HclBody Target(string folder, HclBlock call) =>
        Infrastructure.Read(Path.Combine(folder, call.Body["source"]!.Trim('"')));

    private static string TextOf(string folder) => string.Join(
        '\n',
        Directory.GetFiles(Path.Combine(Infrastructure.Folder, folder), "*.tf")
            .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith('#')));

    private static IEnumerable<string> Read(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => match.Groups[1].Value).Distinct();

    private static void AssertSame(IEnumerable<string> there, IEnumerable<string> read) =>
        Assert.Equal(there.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\bmodule\.(\w+)(?:\[\d\]|\[\*\])?\.(\w+)")]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(@"\bvar\.(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\blocal\.(\w+)")]
    private static partial Regex LocalValue();

    [GeneratedRegex(@"(?<![\w.""/-])(?:data\.|ephemeral\.)?(google_\w+\.\w+)")]
    private static partial Regex ResourceName();
}
