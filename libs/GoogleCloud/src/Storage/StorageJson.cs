using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Storage;

internal sealed record ObjectList(IReadOnlyList<StorageObject>? Items, string? NextPageToken);

internal sealed record RewriteReply(bool Done, string? RewriteToken, StorageObject? Resource);

internal sealed record ObjectMetadata(string Name, string ContentType, string Crc32c);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ObjectList))]
[JsonSerializable(typeof(RewriteReply))]
[JsonSerializable(typeof(ObjectMetadata))]
internal sealed partial class StorageJson : JsonSerializerContext;
