using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldOutcome))]
[JsonSerializable(typeof(ToldAge))]
[JsonSerializable(typeof(DeliveryEvent), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AgeEvent), GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class PublishingJson : JsonSerializerContext;
