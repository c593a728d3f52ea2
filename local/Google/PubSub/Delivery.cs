namespace EnergyLoad.Local.Google.PubSub;

/// <summary>A message on its way to one subscriber.</summary>
internal sealed class Delivery(PubSubMessage message)
{
    public PubSubMessage Message => message;

    /// <summary>How often it was handed out.</summary>
    public int Attempts { get; set; }

    /// <summary>Changes whenever it is handed out or given back: an older entry in the queue means nothing.</summary>
    public int Lease { get; set; }

    public DateTimeOffset LeasedUntil { get; set; }

    public bool IsAcked { get; set; }

    /// <summary>What the subscriber acknowledges by, valid in this lease only.</summary>
    public string AckId => $"{Message.MessageId}:{Lease}";
}
