namespace EnergyLoad.MySql;

/// <summary>The size of a <see cref="BatchQueue{TItem,TResult}"/>.</summary>
/// <param name="Workers">How many batches may be under way at once.</param>
/// <param name="MaximumBatch">How many items a batch holds at most.</param>
/// <param name="Capacity">How many items may wait.</param>
/// <param name="WorthBeside">
/// How many items must wait for a batch to start beside one that is under way; fewer wait for its end. By default any.
/// </param>
public sealed record BatchQueueOptions(int Workers, int MaximumBatch, int Capacity, int WorthBeside = 1);
