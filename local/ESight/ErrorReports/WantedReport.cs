using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>The body of <c>POST /control/error-report</c>.</summary>
internal sealed record WantedReport(string MessageId, JsonElement Errors, [property: JsonPropertyName("_id")] string? Id = null);
