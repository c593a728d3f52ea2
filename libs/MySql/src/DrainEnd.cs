namespace EnergyLoad.MySql;

/// <summary>How a run of a <see cref="Drain"/> ended, and so who sets the next alarm.</summary>
public enum DrainEnd
{
    /// <summary>Nothing was left that was due: the alarm is for what is due later.</summary>
    Empty,

    /// <summary>Its time was up: set the alarm for at once.</summary>
    OutOfTime,

    /// <summary>Two runs of this process are at it already: the alarm is theirs.</summary>
    LeftToAnother,
}
