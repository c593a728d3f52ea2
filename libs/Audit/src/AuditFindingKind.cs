namespace EnergyLoad.Audit;

/// <summary>What is wrong with the log at one place.</summary>
public enum AuditFindingKind
{
    /// <summary>A row does not say what was sealed.</summary>
    Edited = 0,

    /// <summary>A row is missing between others.</summary>
    Deleted = 1,

    /// <summary>A row stands in another place than the one that it was sealed for.</summary>
    Reordered = 2,

    /// <summary>The last rows of a lane are missing.</summary>
    TailCut = 3,

    /// <summary>
    /// A genuine row does not follow on the one before it: the lane was cut and written anew, or put together from copies.
    /// </summary>
    Rewritten = 4,

    /// <summary>A row, or a lane, that the log never wrote.</summary>
    Foreign = 5,

    /// <summary>The head of a lane does not fit its last row.</summary>
    HeadChanged = 6,

    /// <summary>Rows are missing at the beginning, and no genuine checkpoint of retention says so.</summary>
    CheckpointForged = 7,

    /// <summary>Address, MSISDN and salt are gone without proof of a lawful erasure.</summary>
    ErasureForged = 8,

    /// <summary>An anchor was not made by the log.</summary>
    AnchorForged = 9,

    /// <summary>A row was sealed with a key that is not configured here: nothing can be said about it.</summary>
    KeyUnknown = 10,
}
