namespace EnergyLoad.MySql.Tests;

public sealed class DrainEndTests
{
    [Theory]
    [InlineData(nameof(DrainEnd.Empty), null, null)]
    [InlineData(nameof(DrainEnd.Empty), -5, 0)]
    [InlineData(nameof(DrainEnd.Empty), 59, 59)]
    [InlineData(nameof(DrainEnd.Empty), 60, null)]
    [InlineData(nameof(DrainEnd.OutOfTime), 30, 0)]
    [InlineData(nameof(DrainEnd.LeftToAnother), 0, null)]
    public async Task A_drain_is_woken_when_work_is_due_unless_another_run_or_the_sweep_sees_to_it(string end, int? due, int? wakened)
    {
        var next = await Enum.Parse<DrainEnd>(end).NextAsync(_ => Task.FromResult(Seconds(due)), CancellationToken.None);

        Assert.Equal(Seconds(wakened), next);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
