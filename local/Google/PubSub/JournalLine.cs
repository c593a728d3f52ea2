namespace EnergyLoad.Local.Google.PubSub;

/// <summary>A line of a backlog's journal: a message that came, or the id of one that was acknowledged.</summary>
internal sealed record JournalLine(PubSubMessage? Came = null, string? Acked = null);
