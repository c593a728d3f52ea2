namespace EnergyLoad.Hosting.Tests;

public sealed class LineBudgetTests
{
    [Fact]
    public void A_second_has_so_many_lines_and_the_first_of_the_next_tells_how_many_were_left_out()
    {
        var time = new SteppedTime();
        var budget = new LineBudget(2, time);
        Assert.Equal([0, 0, null, null], Enumerable.Range(0, 4).Select(_ => budget.Take()));

        time.Elapsed = TimeSpan.FromSeconds(1);

        Assert.Equal([2, 0], new[] { budget.Take(), budget.Take() });
    }
}
