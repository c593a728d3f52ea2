namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What the ledger can be grouped by.</summary>
internal enum LedgerGrouping
{
    Hour,
    Day,
    Market,
    Feed,
    Sender,
}
