using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What reading a body came to.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>It is a report.</summary>
    public sealed record Read(ErrorReport Report) : ReadOutcome;

    /// <summary>There is nothing in it.</summary>
    public sealed record Empty : ReadOutcome;

    /// <summary>It is not JSON, or not an error report.</summary>
    public sealed record Invalid(IReadOnlyList<ProblemError> Errors) : ReadOutcome;

    /// <summary>It is a report that is over a limit.</summary>
    public sealed record OverLimit(IReadOnlyList<ProblemError> Errors) : ReadOutcome;
}
