namespace EnergyLoad.Testing.Telemetry;

/// <summary>One field of a protobuf message: a number, or the bytes of a text or of a message within.</summary>
/// <param name="Number">The field's number in its message.</param>
/// <param name="Value">What a varint or a fixed field holds; 0 for the others.</param>
/// <param name="Bytes">What a length-delimited field holds; empty for the others.</param>
public readonly record struct ProtoField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes);
