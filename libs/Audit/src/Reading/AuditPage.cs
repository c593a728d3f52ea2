using System.Text.Json.Serialization;

namespace EnergyLoad.Audit.Reading;

internal sealed record AuditPage(IReadOnlyList<AuditRecord> Items, string? Next);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditPage))]
internal sealed partial class AuditJson : JsonSerializerContext;
