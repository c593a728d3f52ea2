using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Secrets;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElementJson : JsonSerializerContext;
