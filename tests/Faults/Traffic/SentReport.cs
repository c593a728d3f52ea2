namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>An error report that got its 201.</summary>
internal sealed record SentReport(string EsightId, string SendId);
