namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>What is still under way in both services.</summary>
/// <param name="Messages">Messages that are neither delivered, rejected, parked nor dead.</param>
/// <param name="Outboxes">Reports that are not yet with Pub/Sub or in the archive.</param>
/// <param name="Reports">Reports whose event send-api has not applied.</param>
/// <param name="Searches">Messages that the search does not show in their state.</param>
internal sealed record Unfinished(long Messages, long Outboxes, long Reports, long Searches)
{
    public bool IsQuiet => Messages == 0 && Outboxes == 0 && Reports <= 0 && Searches == 0;
}
