namespace EnergyLoad.Testing.Telemetry;

/// <summary>One point of a metric as it came over OTLP.</summary>
/// <param name="Service">The <c>service.name</c> of who exported it.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The point's value; of a histogram, how many values it counts.</param>
/// <param name="Attributes">Texts by name.</param>
public sealed record ExportedMetric(string Service, string Name, string Unit, double Value, IReadOnlyDictionary<string, string> Attributes);
