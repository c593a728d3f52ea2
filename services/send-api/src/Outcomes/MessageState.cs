namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What has become of a message; the numbers stand in the database.</summary>
internal enum MessageState
{
    /// <summary>Committed here, not yet with e-Sight.</summary>
    Accepted = 0,

    /// <summary>Waits until e-Sight's lists know its meter and site.</summary>
    Parked = 1,

    /// <summary>e-Sight received it; settled when its window ends without an error.</summary>
    Delivered = 2,

    /// <summary>e-Sight refused it.</summary>
    Rejected = 3,

    /// <summary>Given up; it can be resent.</summary>
    Dead = 4,

    /// <summary>Cancelled before its delivery.</summary>
    Cancelled = 5,

    /// <summary>Delivered, and its window ended. Never stored: it follows from the time.</summary>
    Settled = 6,
}
