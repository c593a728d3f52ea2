namespace EnergyLoad.Contract.Tests.Suites;

/// <summary>What must be on the machine for a suite to run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>What is missing and how to get it; null when nothing is.</summary>
    public abstract string? Missing { get; }
}
