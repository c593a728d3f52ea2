namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>How e-Sight spoke up; the numbers stand in the database.</summary>
internal enum IncidentSource
{
    /// <summary>By error reports about readings.</summary>
    Report = 0,

    /// <summary>By its answers to messages.</summary>
    Answer = 1,
}
