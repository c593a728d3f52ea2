namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>One meter's day as it is pushed, and the end that it must come to.</summary>
internal sealed record SampleMessage(SampleMeter Meter, string MessageId, byte[] Body, IReadOnlyList<SampleReading> Readings);

/// <summary>One half-hour.</summary>
internal sealed record SampleReading(string TsIso8601, decimal Value)
{
    /// <summary>e-Sight refuses negative values.</summary>
    public bool WillBeRejected => Value < 0;
}
