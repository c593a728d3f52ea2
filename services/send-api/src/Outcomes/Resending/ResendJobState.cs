namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>How far a job is; the numbers stand in the database.</summary>
internal enum ResendJobState
{
    Running = 0,
    Finished = 1,
    Cancelled = 2,
}
