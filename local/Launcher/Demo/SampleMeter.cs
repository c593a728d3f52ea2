namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>A meter of the sample market.</summary>
/// <param name="Feed">What it measures, as in the type URN.</param>
/// <param name="Code">Its code in e-Sight.</param>
/// <param name="FeedsBack">It counts what its roof feeds into the grid as negative, which e-Sight refuses.</param>
internal sealed record SampleMeter(string Feed, string Code, bool FeedsBack = false);
