using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyLoad.Local.ESight.Behaviour;

internal sealed class DropNames() : JsonStringEnumConverter<Drop>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
