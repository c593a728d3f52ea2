using System.Text.Json.Serialization;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Hosting;

// With the encoder that escapes all but letters: texts of e-Sight's may not be taken for markup, whoever shows the answer.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReasonList))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(ReportPage))]
[JsonSerializable(typeof(ReportView))]
internal sealed partial class ReceiveJson : JsonSerializerContext;
