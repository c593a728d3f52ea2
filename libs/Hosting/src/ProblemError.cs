namespace EnergyLoad.Hosting;

/// <summary>One fault in a request's body.</summary>
/// <param name="Pointer">RFC 6901 pointer to the faulty member; empty for the whole body.</param>
/// <param name="Code">The stable code of the fault.</param>
/// <param name="Detail">What is wrong, in a sentence; never a payload.</param>
public sealed record ProblemError(string Pointer, string Code, string Detail);
