using System.Text.Json.Serialization;
using EnergyLoad.SendApi.Outcomes.Resending;

namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>Errors of one cause.</summary>
internal sealed record Incident
{
    public required string IncidentId { get; init; }

    /// <summary><c>report</c> or <c>answer</c>.</summary>
    public required string Source { get; init; }

    /// <summary>e-Sight's code; empty when it gives none.</summary>
    public required string ErrorCode { get; init; }

    /// <summary>e-Sight's latest words.</summary>
    public string? ErrorMessage { get; init; }

    public required string Market { get; init; }

    public required string Feed { get; init; }

    /// <summary>The meter, when it is only one.</summary>
    public string? Meter { get; init; }

    /// <summary>How many meters.</summary>
    public required int Meters { get; init; }

    /// <summary>How many errors.</summary>
    public required int Count { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The body of the resend that mends it, once its cause is gone.</summary>
    public required IncidentResend Resend { get; init; }
}

/// <summary>What to post to the resend by filter.</summary>
internal sealed record IncidentResend(MessageFilter Filter, string Only);

/// <summary>One page, the latest first; <paramref name="Next"/> is absent on the last.</summary>
internal sealed record IncidentPage(IReadOnlyList<Incident> Items, string? Next);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IncidentPage))]
internal sealed partial class IncidentJson : JsonSerializerContext;
