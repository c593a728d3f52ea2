namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>The rejected readings of a message, as a message.</summary>
/// <param name="Body">Its bytes; null when no reading is rejected.</param>
/// <param name="SpliceAt">Where the send id is spliced in.</param>
/// <param name="Readings">How many readings it holds.</param>
/// <param name="First">The earliest instant.</param>
/// <param name="Last">The latest instant.</param>
internal sealed record RejectedPart(byte[]? Body, int SpliceAt, int Readings, DateTimeOffset First, DateTimeOffset Last);
