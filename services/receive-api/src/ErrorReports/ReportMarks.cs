namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What is odd about a report that was kept all the same.</summary>
[Flags]
internal enum ReportMarks
{
    None = 0,
    MalformedMessageId = 1 << 0,
    MissingReceivedTsIso8601 = 1 << 1,
    OddType = 1 << 2,
    Cut = 1 << 3,
}
