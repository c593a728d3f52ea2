using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes.Resending;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ResendOptions))]
[JsonSerializable(typeof(ResendRequest))]
[JsonSerializable(typeof(MessageFilter))]
[JsonSerializable(typeof(ResendResult))]
[JsonSerializable(typeof(ResendJob))]
internal sealed partial class ResendJson : JsonSerializerContext;
