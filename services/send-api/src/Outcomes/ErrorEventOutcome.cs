namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of an error event.</summary>
internal enum ErrorEventOutcome
{
    /// <summary>Its readings are marked.</summary>
    Applied,

    /// <summary>It was applied before.</summary>
    Repeated,

    /// <summary>Its message is not known; it waits.</summary>
    Quarantined,
}
