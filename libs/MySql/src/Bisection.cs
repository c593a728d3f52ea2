using System.Data.Common;

namespace EnergyLoad.MySql;

/// <summary>Does a batch as a whole; where the database refuses one item of it, that one fails alone.</summary>
public static class Bisection
{
    /// <summary>Does a batch.</summary>
    /// <param name="batch">The items.</param>
    /// <param name="act">Does several items, all of them or none; its results are in their order.</param>
    /// <returns>The outcome of each item, in their order; that of a refused one throws the <see cref="DbException"/>.</returns>
    public static async Task<IReadOnlyList<Task<TResult>>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> batch, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> act)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            return [.. (await act(batch)).Select(Task.FromResult)];
        }
        catch (DbException exception) when (batch.Count == 1)
        {
            return [Task.FromException<TResult>(exception)];
        }
        catch (DbException)
        {
            var half = batch.Count / 2;
            return [.. await RunAsync([.. batch.Take(half)], act), .. await RunAsync([.. batch.Skip(half)], act)];
        }
    }
}
