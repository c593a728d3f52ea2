using System.Text.Json.Serialization;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Hosting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReasonList))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(ReportPage))]
[JsonSerializable(typeof(ReportView))]
internal sealed partial class ReceiveJson : JsonSerializerContext;
