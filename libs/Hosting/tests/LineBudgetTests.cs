namespace EnergyLoad.Hosting.Tests;

public sealed class LineBudgetTests
{
    [Fact]
    public void A_second_has_so_many_lines_and_the_first_of_the_next_tells_how_many_were_left_out()
    {
        var time = new SteppedTime();
        var budget = new LineBudget(2, time);
        Assert.True(budget.TryTake(out _));
        Assert.True(budget.TryTake(out _));
        Assert.False(budget.TryTake(out _));
        Assert.False(budget.TryTake(out _));

        time.Elapsed = TimeSpan.FromSeconds(1);

        Assert.Equal((true, 2), (budget.TryTake(out var leftOut), leftOut));
        Assert.Equal((true, 0), (budget.TryTake(out leftOut), leftOut));
    }
}
