namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>What send-api answers to a pushed message.</summary>
internal sealed record Accepted(string SendId, bool Duplicate);

/// <summary>What became of a message.</summary>
internal sealed record MessageStatus(string State, IReadOnlyList<ReadingStatus> Readings);

/// <summary>What became of a reading.</summary>
internal sealed record ReadingStatus(string TsIso8601, string State, string? ErrorCode, string? ErrorMessage);

/// <summary>The books over a period.</summary>
internal sealed record Ledger(LedgerTotal Total, bool Balanced);

/// <summary>Counts by state, in messages and in readings.</summary>
internal sealed record LedgerTotal(IReadOnlyDictionary<string, long> Messages, IReadOnlyDictionary<string, long> Readings);
