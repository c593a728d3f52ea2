using System.Text.Json.Serialization;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Hosting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SendResult))]
[JsonSerializable(typeof(BatchResult))]
[JsonSerializable(typeof(ValidationResult))]
[JsonSerializable(typeof(MessageStatus))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(ReasonList))]
[JsonSerializable(typeof(PushEnvelope))]
[JsonSerializable(typeof(ErrorEvent))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(DeliveryState))]
internal sealed partial class SendJson : JsonSerializerContext;
