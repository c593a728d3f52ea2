namespace EnergyLoad.Bench.Reporting;

/// <summary>A figure, and what it was measured on.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Commit">The sources, with a plus when they were changed since; <c>none</c> where they are not under git.</param>
/// <param name="At">When.</param>
internal sealed record KeptFigure(Figure Figure, string Commit, DateTimeOffset At);
