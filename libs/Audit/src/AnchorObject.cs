namespace EnergyLoad.Audit;

/// <summary>The heads of all lanes at one moment, sealed.</summary>
/// <param name="Name">Name for the object, unique and in order of time; it has slashes.</param>
/// <param name="Content">The object: one JSON document in UTF-8.</param>
public sealed record AnchorObject(string Name, ReadOnlyMemory<byte> Content);
