using System.Net;
using System.Text.Json;

namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>What a client got; status 0 when no answer came.</summary>
internal readonly record struct ClientAnswer(HttpStatusCode Status, JsonElement Body);
