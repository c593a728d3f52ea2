namespace EnergyLoad.Faults.Tests.World;

/// <summary>Calls of the test's own that must get through although what they call may just be restarting.</summary>
internal static class Insist
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task<T> OnAsync<T>(Func<Task<T>> call)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && DateTime.UtcNow < deadline)
            {
                await Task.Delay(Interval);
            }
        }
    }
}
