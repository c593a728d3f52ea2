namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What is odd about an item that was kept all the same.</summary>
[Flags]
internal enum ItemMarks
{
    None = 0,
    NotAnObject = 1 << 0,
    MissingErrorCode = 1 << 1,
    MissingErrorMessage = 1 << 2,
    MissingDatapointKey = 1 << 3,
    MissingValue = 1 << 4,
    MissingTsIso8601 = 1 << 5,
    OddType = 1 << 6,
    UnknownMember = 1 << 7,
    Cut = 1 << 8,
}
