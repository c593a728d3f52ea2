namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>One way in which something breaks while traffic goes on.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="InjectAsync">Breaks things, and ends when they are whole again.</param>
internal sealed record Scenario(string Name, Func<Injection, Task> InjectAsync);
