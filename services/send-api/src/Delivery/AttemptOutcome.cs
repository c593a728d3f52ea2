namespace EnergyLoad.SendApi.Delivery;

/// <summary>The class of one attempt; the numbers stand in the database.</summary>
internal enum AttemptOutcome
{
    /// <summary>e-Sight has the message.</summary>
    Delivered = 0,

    /// <summary>e-Sight judged the content; the same bytes will not pass.</summary>
    Rejected = 1,

    /// <summary>e-Sight does not have it; it is tried again.</summary>
    Retry = 2,

    /// <summary>e-Sight may have it; it is tried again under the same messageId.</summary>
    Unknown = 3,

    /// <summary>Our credentials or our configuration: the whole delivery pauses.</summary>
    Blocked = 4,
}
