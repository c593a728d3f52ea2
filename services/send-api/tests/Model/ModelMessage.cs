using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Model;

/// <summary>What a message must have become, by the plainest reading of the rules.</summary>
internal sealed class ModelMessage(string sendId, string messageId, PushedMessage content)
{
    public string SendId { get; } = sendId;

    public string MessageId { get; } = messageId;

    /// <summary>The readings that it holds; those of the sender's message that it repeats in part, if it does.</summary>
    public PushedMessage Content { get; } = content;

    public string State { get; set; } = "accepted";

    public int Attempts { get; set; }

    /// <summary>Places of the readings that error events name.</summary>
    public SortedSet<int> Rejected { get; } = [];

    /// <summary>How often it was resent as a whole, and whether it went out since.</summary>
    public int Cycle { get; private set; }

    public bool WentOut { get; set; }

    public bool IsPending => State == "accepted";

    public int Readings => Content.Readings.Count;

    /// <summary>The state of each reading.</summary>
    public IEnumerable<string> ReadingStates =>
        Enumerable.Range(0, Readings).Select(place => Rejected.Contains(place) ? "rejected" : State);

    public void StartCycle()
    {
        (State, WentOut, Cycle) = ("accepted", false, Cycle + 1);
        Rejected.Clear();
    }

    /// <summary>An error event about it: a proof that it arrived, and about the reading that it names.</summary>
    public void Report(int? place)
    {
        if (Cycle > 0 && !WentOut)
        {
            return;
        }

        State = IsPending ? "delivered" : State;
        if (place is { } named)
        {
            Rejected.Add(named);
        }

        State = State == "delivered" && Rejected.Count == Readings ? "rejected" : State;
    }
}
