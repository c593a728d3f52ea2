using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Secrets;

internal sealed record AccessReply(string? Name, PayloadBody? Payload);

internal sealed record PayloadBody(byte[]? Data, long? DataCrc32c);

internal sealed record AddVersionBody(PayloadBody Payload);

internal sealed record VersionList(IReadOnlyList<VersionBody>? Versions, string? NextPageToken);

internal sealed record VersionBody(string Name, string? State);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(AccessReply))]
[JsonSerializable(typeof(AddVersionBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(VersionList))]
internal sealed partial class SecretManagerJson : JsonSerializerContext;
