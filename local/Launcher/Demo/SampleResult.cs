namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>How the sample day ended.</summary>
internal sealed record SampleResult(IReadOnlyList<SampleEnd> Ends, Ledger Ledger)
{
    public bool IsExpected => Ledger.Balanced && Ends.All(end => end.IsExpected);
}
