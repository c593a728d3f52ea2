using System.Text.Json.Serialization;

namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>Where the connection is cut, once the request has been read to its end.</summary>
[JsonConverter(typeof(DropNames))]
internal enum Drop
{
    BeforeAnswer,
    MidAnswer,
}
