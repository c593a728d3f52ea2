namespace EnergyLoad.Testing.Stack;

/// <summary>Waits for what must come, with a deadline that only a fault reaches.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until the answer is right.</summary>
    /// <param name="read">Reads the present state.</param>
    /// <param name="isRight">Whether it is the awaited one.</param>
    /// <param name="patience">When to give up; a minute by default.</param>
    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> isRight, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(isRight);
        var deadline = DateTime.UtcNow + (patience ?? TimeSpan.FromMinutes(1));
        while (true)
        {
            var state = await read();
            if (isRight(state))
            {
                return state;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"It did not come; the last state was {state}");
            }

            await Task.Delay(Interval);
        }
    }
}
