using System.Text.RegularExpressions;
using EnergyLoad.Testing;

namespace EnergyLoad.Images.Tests;

/// <summary>The Dockerfile of a service.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(string service)
    {
        Service = service;
        Text = File.ReadAllText(Path.Combine(Repository.Root, "services", service, "Dockerfile"));
        var lines = Text.Split('\n').Where(line => !line.StartsWith('#'));
        var stage = -1;
        Instructions =
        [
            .. Continued().Replace(string.Join('\n', lines), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2))
                .Select(words => new DockerInstruction(words[0] == "FROM" ? ++stage : stage, words[0], words[1].Trim())),
        ];
    }

    public static IReadOnlyList<Dockerfile> All { get; } = [new("send-api"), new("receive-api")];

    public string Service { get; }

    /// <summary>The service's name in .NET: SendApi, ReceiveApi.</summary>
    public string Project => $"EnergyLoad.{string.Concat(Service.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]))}";

    public string Text { get; }

    public IReadOnlyList<DockerInstruction> Instructions { get; }

    /// <summary>What becomes the image.</summary>
    public IEnumerable<DockerInstruction> LastStage => Instructions.Where(instruction => instruction.Stage == Instructions[^1].Stage);

    public static Dockerfile Of(string service) => All.Single(file => file.Service == service);

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();
}
