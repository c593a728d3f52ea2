namespace EnergyLoad.Contract.Tests.Suites;

/// <summary>A fact that the endpoint of a suite cannot be held to.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeavesOutAttribute(string fact, string reason) : Attribute
{
    public string Fact => fact;

    public string Reason => reason;
}
