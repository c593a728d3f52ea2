using System.Diagnostics;
using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.Testing;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>The sample clients of docs/clients.md, as they stand.</summary>
[Collection(SharedStack.Name)]
public sealed class SampleTests(RunningStack stack) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("energyload-sample-").FullName;

    public static TheoryData<string, string> Samples => new()
    {
        { "bash", "push.sh" },
        { "python3", "push.py" },
        { $"{Processes.Dotnet} run", "Push.cs" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_pushes_a_message_and_sees_it_delivered(string runner, string sample)
    {
        await Sending.ListAsync(stack.Description);

        var output = await RunAsync(runner, sample, ValidBodies.Message());

        Assert.StartsWith("accepted as ", output, StringComparison.Ordinal);
        Assert.EndsWith("delivered", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_tells_why_a_message_was_refused(string runner, string sample)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(runner, sample, """{"messageType":"x"}"""));

        Assert.Contains("ended with 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("NoGatewayUrn", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunAsync(string runner, string sample, string message)
    {
        var file = Path.Combine(_folder, "message.json");
        await File.WriteAllTextAsync(file, message);
        var words = runner.Split(' ');
        var start = new ProcessStartInfo(words[0], [.. words[1..], Path.Combine(Repository.Root, "samples", sample), file]);
        var user = stack.Description.Users["sender"];
        return await Processes.RunAsync(start, new Dictionary<string, string?>
        {
            ["GATEWAY"] = stack.Description.SendGateway.ToString().TrimEnd('/'),
            ["API_KEY"] = stack.Description.ApiKeys["internal"],
            ["EDM_USER"] = user.Username,
            ["EDM_PASSWORD"] = user.Password,
        });
    }
}
