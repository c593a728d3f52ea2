namespace EnergyLoad.Testing.Telemetry;

/// <summary>A span as it came over OTLP.</summary>
/// <param name="Service">The <c>service.name</c> of who exported it.</param>
/// <param name="Name">Its name.</param>
/// <param name="TraceId">Hexadecimal.</param>
/// <param name="SpanId">Hexadecimal.</param>
/// <param name="LinkedTraces">The traces that it has links to.</param>
/// <param name="Attributes">Texts by name.</param>
public sealed record ExportedSpan(
    string Service, string Name, string TraceId, string SpanId, IReadOnlyList<string> LinkedTraces, IReadOnlyDictionary<string, string> Attributes);
