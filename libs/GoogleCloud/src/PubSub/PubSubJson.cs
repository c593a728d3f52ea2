using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.PubSub;

/// <summary>google.pubsub.v1.PublishRequest.</summary>
internal sealed record PublishRequest(IReadOnlyList<MessageBody> Messages);

internal sealed record MessageBody(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string>? Attributes, string? OrderingKey);

internal sealed record PublishReply(IReadOnlyList<string>? MessageIds);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(PublishReply))]
internal sealed partial class PubSubJson : JsonSerializerContext;
