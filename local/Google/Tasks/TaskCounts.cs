namespace EnergyLoad.Local.Google.Tasks;

/// <summary>What has become of a queue's tasks.</summary>
/// <param name="Queued">Waiting, due or not, or being dispatched.</param>
/// <param name="Created">Ever made.</param>
/// <param name="Delivered">Ended with a 2xx.</param>
/// <param name="Failures">Attempts that were not answered with a 2xx.</param>
/// <param name="Dropped">Taken away by the control.</param>
/// <param name="Exhausted">Given up after the last attempt.</param>
internal sealed record TaskCounts(int Queued, long Created, long Delivered, long Failures, long Dropped, long Exhausted);
