using System.Text.Json.Serialization;

namespace EnergyLoad.ReceiveApi.Publishing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorReportEvent))]
internal sealed partial class PublishingJson : JsonSerializerContext;
