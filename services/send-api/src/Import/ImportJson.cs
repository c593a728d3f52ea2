using System.Text.Json.Serialization;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Import;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(IReadOnlyList<ProblemError>))]
internal sealed partial class ImportJson : JsonSerializerContext;
