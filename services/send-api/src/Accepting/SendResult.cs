using System.Text.Json.Serialization;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>The answer for one message.</summary>
internal sealed record SendResult(string SendId, string MessageId, string State, bool Duplicate, IReadOnlyList<ProblemError> Warnings);

/// <summary>The answer for one message of a batch: what the message alone would have been answered.</summary>
internal sealed record SendResultItem(int Index, int Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SendId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MessageId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Duplicate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Warnings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}

/// <summary>The answer for a batch.</summary>
internal sealed record BatchResult(IReadOnlyList<SendResultItem> Items, int Accepted, int Duplicates, int Refused);

/// <summary>The answer when only the check was asked for.</summary>
internal sealed record ValidationResult(bool Valid, IReadOnlyList<ProblemError> Warnings);
