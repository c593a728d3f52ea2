namespace EnergyLoad.Testing.Cloud;

/// <summary>What of Google Cloud a service needs.</summary>
/// <param name="Service">The account under which the client libraries of this process run.</param>
/// <param name="Queue">Its Cloud Tasks queue, by its short name.</param>
/// <param name="Buckets">Its buckets.</param>
public sealed record StandInOptions(string Service, string Queue, IReadOnlyList<string> Buckets)
{
    /// <summary>How often a task is tried; as often as the stand-in does by itself unless told otherwise.</summary>
    public int? TaskAttempts { get; init; }
}
