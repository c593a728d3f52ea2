namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>What a comparison of all books came to.</summary>
internal sealed record Verdict
{
    /// <summary>Messages that the senders were told are accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>How many messages are in which state.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    /// <summary>Error reports that got their 201.</summary>
    public required int Reports { get; init; }

    /// <summary>Messages that e-Sight took more than once.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Of the duplicates, those that followed an attempt of which we know that no answer came.</summary>
    public required int AfterSilence { get; init; }

    /// <summary>POSTs that e-Sight has in its books and we do not.</summary>
    public required int Unrecorded { get; init; }

    /// <summary>Accepted messages and kept reports that are nowhere; must be empty.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Everything else that broke a promise.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    public bool Holds => Lost.Count == 0 && Broken.Count == 0;
}
