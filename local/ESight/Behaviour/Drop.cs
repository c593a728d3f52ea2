using System.Text.Json.Serialization;

namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>Where the connection is cut.</summary>
[JsonConverter(typeof(DropNames))]
internal enum Drop
{
    /// <summary>Before the request is read: e-Sight does not have it.</summary>
    BeforeReading,

    /// <summary>Once the request has been read to its end.</summary>
    BeforeAnswer,

    /// <summary>After half of the answer.</summary>
    MidAnswer,
}
