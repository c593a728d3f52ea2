namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Why an error event can never be applied, however often it is delivered.</summary>
internal enum PoisonReason
{
    /// <summary>The push is not what Pub/Sub sends.</summary>
    NotAPush,

    /// <summary>The message is not JSON, or lacks what every event has.</summary>
    NotAnEvent,

    /// <summary>The event is of a version that this service does not know.</summary>
    UnknownVersion,

    /// <summary>A value of the event does not fit into the books.</summary>
    DoesNotFit,
}
