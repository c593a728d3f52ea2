namespace EnergyLoad.SendApi.Import;

/// <summary>What has become of an object; the numbers stand in the database.</summary>
internal enum ImportState
{
    /// <summary>Seen in the bucket.</summary>
    Found = 0,

    /// <summary>Its message is committed here.</summary>
    Accepted = 1,

    /// <summary>It is not a message that can be accepted.</summary>
    Refused = 2,

    /// <summary>e-Sight has its message.</summary>
    Delivered = 3,

    /// <summary>Its message was rejected, given up or cancelled.</summary>
    Failed = 4,

    /// <summary>The bucket no longer had this content when it was to be read; a newer one is found by the next import.</summary>
    Gone = 5,
}
