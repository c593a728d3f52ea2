namespace EnergyLoad.MySql;

/// <summary>The size of a <see cref="BatchQueue{TItem,TResult}"/>.</summary>
/// <param name="Workers">How many batches may be under way at once.</param>
/// <param name="MaximumBatch">How many items a batch holds at most.</param>
/// <param name="Capacity">How many items may wait.</param>
public sealed record BatchQueueOptions(int Workers, int MaximumBatch, int Capacity);
