namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>One item of a report, its members as e-Sight wrote them.</summary>
/// <param name="EventId">The id under which it is published.</param>
/// <param name="IsNews">Published because of this report; false when an earlier revision had told it already.</param>
/// <param name="ErrorCode">e-Sight's code.</param>
/// <param name="ErrorMessage">e-Sight's text.</param>
/// <param name="DatapointKey">The reading's key.</param>
/// <param name="Value">The reading's value, digit for digit.</param>
/// <param name="TsIso8601">The reading's instant.</param>
/// <param name="Marks">What is odd about the item.</param>
internal sealed record ItemView(
    Guid EventId,
    bool IsNews,
    string? ErrorCode,
    string? ErrorMessage,
    string? DatapointKey,
    string? Value,
    string? TsIso8601,
    IReadOnlyList<string> Marks);
