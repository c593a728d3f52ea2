using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Import;

/// <summary>How far an import is; finished when every object has left the source bucket.</summary>
internal sealed record ImportView(string ImportId, string State, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    public required long Objects { get; init; }

    public required long Accepted { get; init; }

    public required long Duplicates { get; init; }

    public required long Refused { get; init; }

    public required long Delivered { get; init; }

    public required long Failed { get; init; }

    public required long Gone { get; init; }

    public required long Moved { get; init; }

    /// <summary>The first objects that did not end well.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }
}

/// <summary>An object that did not end well: refused, failed or gone.</summary>
internal sealed record ImportProblem(string Name, string State, string Reason, string? SendId, IReadOnlyList<ProblemError>? Errors);
