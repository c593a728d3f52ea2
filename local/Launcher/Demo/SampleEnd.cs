namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>A pushed message and the last that was heard of it.</summary>
internal sealed record SampleEnd(SampleMessage Message, string SendId, MessageStatus Status)
{
    public IEnumerable<ReadingStatus> Rejected => Status.Readings.Where(reading => reading.State == "rejected");

    /// <summary>Received by e-Sight, and exactly the readings refused that e-Sight refuses.</summary>
    public bool IsExpected =>
        Status.State is "delivered" or "settled"
        && Rejected.Select(reading => reading.TsIso8601).Order(StringComparer.Ordinal)
            .SequenceEqual(Message.Readings.Where(reading => reading.WillBeRejected).Select(reading => reading.TsIso8601).Order(StringComparer.Ordinal));
}
