using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.Scenarios;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests;

/// <summary>The scenarios that no change may go without; <c>./test faults --minutes N</c> runs all of them.</summary>
[Collection(TwoInstances.Name)]
public sealed class FaultTests(TwoInstances stack)
{
    [Theory]
    [InlineData("between-commit-and-answer")]
    [InlineData("between-answer-and-record")]
    [InlineData("between-publish-and-record")]
    [InlineData("kill-mariadb")]
    [InlineData("esight-answers-half")]
    [InlineData("pubsub-out-of-order")]
    public async Task Nothing_that_was_accepted_is_lost_and_every_promise_holds(string scenario)
    {
        using var world = new FaultWorld(stack);
        await world.PrepareAsync();

        var result = await new ScenarioRun(world).RunAsync(ScenarioList.Named(scenario), seed: 8);

        Assert.True(result.Verdict.Holds, result.ToString());
        Assert.True(result.Verdict.Accepted > 0, result.ToString());
    }
}
