namespace EnergyLoad.SendApi.Import;

/// <summary>How far an import is, for those who wait for it.</summary>
/// <param name="Username">Who asked for it.</param>
/// <param name="Waiting">Objects that are not taken yet.</param>
/// <param name="View">What users see.</param>
internal sealed record ImportProgress(string Username, long Waiting, ImportView View);
