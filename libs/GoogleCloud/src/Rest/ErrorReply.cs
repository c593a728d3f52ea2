using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>The error body of Google's REST services (google.rpc.Status in JSON; Storage leaves out status and details).</summary>
internal sealed record ErrorReply(ErrorBody? Error);

internal sealed record ErrorBody(string? Message, string? Status, IReadOnlyList<ErrorDetail>? Details);

/// <summary>Any detail; reason and metadata are google.rpc.ErrorInfo's.</summary>
internal sealed record ErrorDetail(string? Reason, IReadOnlyDictionary<string, string>? Metadata);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorReply))]
internal sealed partial class ErrorJson : JsonSerializerContext;
