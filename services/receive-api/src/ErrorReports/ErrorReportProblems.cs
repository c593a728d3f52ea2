using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>The refusals of this feature; the first two codes are those of the service that this one replaces.</summary>
internal static class ErrorReportProblems
{
    public static readonly ProblemType EmptyJson = new("EmptyJson", 400, "No JSON in the body");
    public static readonly ProblemType InvalidJsonReceived = new("InvalidJsonReceived", 400, "Not an error report");
    public static readonly ProblemType LimitExceeded = new("LimitExceeded", 422, "The report is over a limit");
    public static readonly ProblemType InvalidQuery = new("InvalidQuery", 422, "Invalid query");
}
